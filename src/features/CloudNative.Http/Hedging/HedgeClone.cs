namespace CloudNative.Http.Hedging;

/// <summary>A second request for the same thing, since one request cannot be under way twice.</summary>
internal static class HedgeClone
{
    public static HttpRequestMessage Of(HttpRequestMessage request)
    {
        // Never disposed: that would dispose the content, which is the caller's.
        var clone = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
            Content = request.Content,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            clone.Headers.TryAddWithoutValidation(name, values);
        }

        foreach (var (key, value) in request.Options)
        {
            clone.Options.Set(new HttpRequestOptionsKey<object?>(key), value);
        }

        return clone;
    }
}
