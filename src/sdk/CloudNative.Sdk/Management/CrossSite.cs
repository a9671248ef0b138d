using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CloudNative.Sdk.Management;

/// <summary>Tells a request that a page of another site made a browser send.</summary>
internal static class CrossSite
{
    // https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Whether a browser says that the request comes from elsewhere. Other callers send none of these headers.</summary>
    public static bool Is(HttpRequest request)
    {
        var site = request.Headers[FetchSite];
        if (!StringValues.IsNullOrEmpty(site) && site.ToString() is not ("same-origin" or "none"))
        {
            return true;
        }

        var origin = request.Headers[HeaderNames.Origin];
        return !StringValues.IsNullOrEmpty(origin)
            && !string.Equals(origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
