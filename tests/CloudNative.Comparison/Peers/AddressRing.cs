using CloudNative.Comparison.Load;

namespace CloudNative.Comparison.Peers;

/// <summary>What is written by hand where nothing else is there: the addresses of the service, one after another.</summary>
internal sealed class AddressRing(IReadOnlyDictionary<string, string?> settings) : DelegatingHandler
{
    private readonly Uri[] _addresses = [.. ServiceAddresses.Of(settings, Face.Http)];

    private int _next = -1;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = _addresses[(uint)Interlocked.Increment(ref _next) % _addresses.Length];
        request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
