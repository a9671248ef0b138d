namespace App._1.Tests.Ordering;

/// <summary>A neighbour that cannot be reached.</summary>
internal sealed class BrokenHandler : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new HttpRequestException(HttpRequestError.ConnectionError);
}
