using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace CloudNative.Shop.Tests.Web;

/// <summary>Ordering with orders that go on when the test says so, and that can be away.</summary>
internal sealed class ScriptedOrdering
{
    private readonly ConcurrentDictionary<Guid, string> _orders = new();
    private volatile bool _isAway;

    public ChangeStreams Changes { get; } = new();

    public HttpMessageHandler Handler() => new StubHandler(Answer);

    public Guid Place()
    {
        var id = Guid.NewGuid();
        _orders[id] = "Placed";
        Changes.Add(id, "Placed");
        return id;
    }

    /// <summary>Moves an order on, as ordering does also while nobody can reach it.</summary>
    public void Advance(Guid id, string status)
    {
        _orders[id] = status;
        Changes.Add(id, status);
    }

    public void GoAway()
    {
        _isAway = true;
        Changes.Break();
    }

    public void ComeBack() => _isAway = false;

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (_isAway)
        {
            return new HttpResponseMessage(HttpStatusCode.BadGateway);
        }

        if (request.RequestUri!.AbsolutePath == "/orders/changes")
        {
            return Changes.Open(request);
        }

        return Guid.TryParse(request.RequestUri.Segments[^1], out var id) && _orders.TryGetValue(id, out var status)
            ? new HttpResponseMessage
            {
                Content = JsonContent.Create(new
                {
                    id,
                    number = 1,
                    placedAt = DateTimeOffset.UnixEpoch,
                    lines = Array.Empty<object>(),
                    total = 5,
                    status,
                }),
            }
            : new HttpResponseMessage(HttpStatusCode.NotFound);
    }
}
