using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Web.Themes;

/// <summary>Light or dark by a cookie, so that the first byte of the page knows it: no flash, and no script needed.</summary>
internal static class ThemeChoice
{
    private const string Cookie = "theme";

    public static void MapTheme(this IEndpointRouteBuilder app) => app.MapPost("/theme", Choose);

    public static string? Read(HttpRequest request) => Known(request.Cookies[Cookie]);

    private static Results<SeeOther, BadRequest> Choose([FromForm] string? theme, [FromForm] string? back, HttpResponse response)
    {
        if (Known(theme) is not { } known)
        {
            return TypedResults.BadRequest();
        }

        response.Cookies.Append(Cookie, known, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            MaxAge = TimeSpan.FromDays(365),
            Secure = response.HttpContext.Request.IsHttps,
        });
        return new SeeOther(SeeOther.Local(back));
    }

    private static string? Known(string? theme) => theme is "light" or "dark" ? theme : null;
}
