namespace Shop.Web;

/// <summary>Style, script and font. The browser asks each time whether they changed, but for the font.</summary>
internal static class ShopFiles
{
    public static void UseShopFiles(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
            file.File.Name.EndsWith(".woff2", StringComparison.Ordinal) ? "public, max-age=31536000" : "no-cache",
    });
}
