namespace CloudNative.Brownfield.Tests;

/// <summary>A trace that a test begins, to find again what the service said about it.</summary>
internal sealed class TraceContext
{
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public async Task<HttpResponseMessage> GetAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{Id}-00f067aa0ba902b7-01");
        return await client.SendAsync(request);
    }
}
