using Microsoft.AspNetCore.Antiforgery;
using Shop.Web.Baskets;
using Shop.Web.Themes;

namespace Shop.Web;

/// <summary>Makes the <see cref="Shell"/> of a request.</summary>
internal sealed class Shells(IAntiforgery antiforgery, BasketCookie basket)
{
    public Shell Make(HttpContext context) => new(
        ThemeChoice.Read(context.Request),
        basket.Read(context.Request).Count,
        antiforgery.GetAndStoreTokens(context),
        context.Request.Path + context.Request.QueryString);
}
