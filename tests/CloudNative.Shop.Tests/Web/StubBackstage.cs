using System.Net;
using System.Text;

namespace CloudNative.Shop.Tests.Web;

/// <summary>A card network, events that wait and a list of dead letters, which keep what they are told.</summary>
internal sealed class StubBackstage : HttpMessageHandler
{
    private const string Letters =
        """
        {"items":[{"id":7,"topic":"orders","group":"payments","size":120,
        "event":{"id":"e1","source":"/ordering","type":"orders.placed.v1"},
        "failure":{"reason":"HandlerFailed","detail":"HttpRequestException: 500 (Internal Server Error).",
        "at":"2026-01-01T12:00:00Z","attempt":10}}]}
        """;

    private string _behaviour = """{"delay":20,"failing":0.05,"hanging":0.01,"cardLimit":500}""";

    private string _fault = """{"slowness":1,"failing":0,"silent":false}""";

    /// <summary>What each service says of its events; shipping is away, and seven wait for it.</summary>
    public string Events { get; set; } = Queues(waiting: 7, members: 0);

    /// <summary>The requests that changed something: method, address, body.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>The answer of any service of the shop, with what waits for shipping.</summary>
    public static string Queues(int waiting, int members, bool isFailing = false) =>
        $$"""
        {"subscriptions":[{"topic":"orders","group":"payments","state":"Active","inOrder":false,"broadcast":false,
        "waiting":0,"inFlight":0,"concurrency":16}],
        "outboxes":[{"name":"service.db","waiting":{{(isFailing ? 3 : 0)}}{{(isFailing ? Age(5.2) : "")}},
        "setAside":0,"failing":{{(isFailing ? "true" : "false")}}}],
        "groups":[{"topic":"orders","group":"payments","members":2,"waiting":0},
        {"topic":"payments","group":"ordering","members":1,"waiting":0},
        {"topic":"payments","group":"shipping","members":{{members}},"waiting":{{waiting}}{{(waiting > 0 ? Age(41.3) : "")}}},
        {"topic":"shipments","group":"ordering","members":1,"waiting":0}]}
        """;

    private static string Age(double seconds) => FormattableString.Invariant($",\"oldestSeconds\":{seconds}");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (request.Method != HttpMethod.Get)
        {
            Changes.Add($"{request.Method} {request.RequestUri} {body}");
        }

        if (request.Method == HttpMethod.Put)
        {
            _ = request.RequestUri!.AbsolutePath == "/fault" ? _fault = body : _behaviour = body;
        }

        var answer = (request.RequestUri!.AbsolutePath, request.Method.Method) switch
        {
            ("/behaviour", _) => _behaviour,
            ("/fault", _) => _fault,
            ("/cloudnative/subscriptions", "GET") => Events,
            ("/cloudnative/dead-letters", "GET") => Letters,
            ("/cloudnative/dead-letters/replay" or "/cloudnative/dead-letters/discard", "POST") => """{"count":1}""",
            _ => null,
        };
        return answer is null
            ? new HttpResponseMessage(HttpStatusCode.NotFound)
            : new HttpResponseMessage { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
    }
}
