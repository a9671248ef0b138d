namespace CloudNative.Brownfield.Tests;

/// <summary>A primary handler without a network, as teams use to test their clients.</summary>
internal sealed class CountingHandler(Func<int, HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        answer(Interlocked.Increment(ref _calls), request);
}
