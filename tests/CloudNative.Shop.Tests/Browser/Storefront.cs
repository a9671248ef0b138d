using CloudNative.Shop.Tests.Catalog;
using CloudNative.Shop.Tests.Ordering;
using CloudNative.Shop.Tests.Web;

namespace CloudNative.Shop.Tests.Browser;

/// <summary>
/// A storefront with a port, before a catalog and an ordering in this process, under an engine that runs nothing: the same to look at
/// each time.
/// </summary>
internal sealed class Storefront : IDisposable
{
    private readonly CatalogApp _catalog = new();
    private readonly OrderingApp _ordering;
    private readonly WebApp _web;
    private readonly OrderStage _stage = new();

    public Storefront()
    {
        _ordering = new OrderingApp(_catalog.Server.CreateHandler);
        var turn = 0;
        _web = new WebApp(
            () => new NamedReplica(_catalog.Server.CreateHandler(), () => Interlocked.Increment(ref turn)),
            () => new StagedOrdering(_ordering.Server.CreateHandler(), _stage))
        {
            Settings =
            {
                ["CLOUDNATIVE_CONTROL_SOCKET"] = Engine.SocketPath,
                ["Services:ordering:http:0"] = "http://127.0.0.1:9",
                ["Services:payments:http:0"] = "http://127.0.0.1:9",
                ["Services:card-network:http:0"] = "http://127.0.0.1:9",
            },
            Backstage = () => new StubBackstage(),
        };
        Address = _web.Listen();
    }

    public FakeEngine Engine { get; } = new();

    public Uri Address { get; }

    /// <summary>How far all orders are.</summary>
    public string Status
    {
        get => _stage.Status;
        set => _stage.Status = value;
    }

    public void Dispose()
    {
        _web.Dispose();
        _ordering.Dispose();
        _catalog.Dispose();
        Engine.Dispose();
    }

    /// <summary>Two replicas take turns, and take a little time.</summary>
    private sealed class NamedReplica(HttpMessageHandler inner, Func<int> turn) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var number = turn();
            await Task.Delay(TimeSpan.FromMilliseconds(3 + (number * 7 % 12)), cancellationToken);
            var answer = await base.SendAsync(request, cancellationToken);
            answer.Headers.Remove("Served-By");
            answer.Headers.Add("Served-By", $"catalog-{1 + (number % 2)}");
            return answer;
        }
    }
}
