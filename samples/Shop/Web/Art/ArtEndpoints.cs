using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Web.Art;

/// <summary>A picture for each product, drawn from the name of its shelf and its id: the same ones always look the same.</summary>
internal static class ArtEndpoints
{
    public static void MapArt(this IEndpointRouteBuilder app) =>
        app.MapGet("/art/{shelf:maxlength(50)}/{id:maxlength(100)}.svg", Get);

    /// <summary>The address of a product's picture.</summary>
    public static string For(string shelf, string id) => $"/art/{Slug(shelf)}/{Uri.EscapeDataString(id)}.svg";

    private static ContentHttpResult Get(string shelf, string id, HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Content(ProductArt.Draw(shelf, id), "image/svg+xml");
    }

    private static string Slug(string shelf) =>
        new([.. shelf.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).DefaultIfEmpty('x')]);
}
