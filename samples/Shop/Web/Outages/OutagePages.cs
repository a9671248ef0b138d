using Shop.Web.Pages;

namespace Shop.Web.Outages;

/// <summary>Answers a request whose service is out with 503, <c>Retry-After</c> and a page that says how long it will take.</summary>
internal static class OutagePages
{
    public static void UseOutagePages(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (ServiceOutageException e) when (!context.Response.HasStarted)
        {
            await ShowAsync(context, e.Service);
        }
    });

    private static Task ShowAsync(HttpContext context, string service)
    {
        var forecast = context.RequestServices.GetRequiredService<OutageForecast>().For(service);
        context.Response.Headers.RetryAfter = forecast.RetryAfter;
        var shell = context.RequestServices.GetRequiredService<Shells>().Make(context);
        var again = HttpMethods.IsGet(context.Request.Method) ? SeeOther.Local(shell.Address) : "/basket";
        return PageResult.Of<OutagePage>(shell, StatusCodes.Status503ServiceUnavailable, ("Forecast", forecast), ("Again", again))
            .ExecuteAsync(context);
    }
}
