using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace CloudNative.Shop.Tests.Payments;

/// <summary>A card network that fails as often as the test says, and then answers.</summary>
internal sealed class StubCardNetwork(bool approves, int failures = 0) : HttpMessageHandler
{
    private int _failures = failures;

    public ConcurrentQueue<string> Keys { get; } = new();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Keys.Enqueue(request.Headers.GetValues("Idempotency-Key").Single());
        var fails = Interlocked.Decrement(ref _failures) >= 0;
        return Task.FromResult(new HttpResponseMessage(fails ? HttpStatusCode.InternalServerError : HttpStatusCode.OK)
        {
            Content = JsonContent.Create(new { id = Guid.NewGuid(), approved = approves, reason = approves ? null : "too much" }),
        });
    }
}
