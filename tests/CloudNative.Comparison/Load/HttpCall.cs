namespace CloudNative.Comparison.Load;

/// <summary>A call by HttpClient; 2xx is good.</summary>
internal static class HttpCall
{
    public const string Catalog = "http://catalog/";

    public static Call By(HttpClient client, HttpMethod? method = null, string uri = Catalog) => async cancellationToken =>
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, uri);
        using var answer = await client.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode;
    };
}
