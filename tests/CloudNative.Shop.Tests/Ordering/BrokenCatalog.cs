namespace CloudNative.Shop.Tests.Ordering;

/// <summary>A catalog that nobody reaches.</summary>
internal sealed class BrokenCatalog : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody there.");
}
