using System.Net;
using CloudNative.Shop.Tests.Catalog;
using CloudNative.Shop.Tests.Ordering;

namespace CloudNative.Shop.Tests.Web;

public sealed class PanelTests : IDisposable
{
    private readonly FakeEngine _engine = new();
    private readonly CatalogApp _catalog = new();
    private readonly WebApp _app;
    private readonly HttpClient _browser;

    public PanelTests()
    {
        _app = new WebApp(_catalog.Server.CreateHandler, () => new BrokenCatalog())
        {
            Settings = { ["CLOUDNATIVE_CONTROL_SOCKET"] = _engine.SocketPath },
        };
        _browser = _app.CreateBrowser();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_Panel_ShowsEveryInstanceWithWhatCanBeDoneToIt()
    {
        var page = await _browser.GetStringAsync("/panel", Token);

        Assert.Contains("<strong>catalog-1</strong> <span class=\"state\">ready</span>", page, StringComparison.Ordinal);
        Assert.Contains("process 4001", page, StringComparison.Ordinal);
        Assert.Contains("dead, starts again soon", page, StringComparison.Ordinal);
        Assert.Contains("action=\"/panel/start\"", page, StringComparison.Ordinal);
        Assert.Contains("Start<span class=\"hidden\"> shipping</span>", page, StringComparison.Ordinal);
        Assert.Contains("Stop<span class=\"hidden\"> catalog</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Stop<span class=\"hidden\"> web</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PanelAfterRequests_CountsThem()
    {
        await _browser.GetStringAsync("/products/walden", Token);

        var page = await _browser.GetStringAsync("/panel", Token);

        Assert.Contains("<dt>calls</dt><dd>2</dd>", page, StringComparison.Ordinal);
        Assert.Contains("The last 2 attempts, 0 of them failed", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/panel/kill", """{"command":"kill","service":"web","replica":1}""")]
    [InlineData("/panel/stop", """{"command":"stop","service":"catalog"}""")]
    [InlineData("/panel/start", """{"command":"start","service":"shipping"}""")]
    public async Task Post_Button_TellsTheEngine(string action, string expected)
    {
        using var answer = await PressAsync(action);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(expected, Assert.Single(_engine.Asked));
    }

    [Fact]
    public async Task Post_EngineRefuses_SaysWhy()
    {
        _engine.Answer = """{"ok":false,"error":"The replica has no process now."}""";

        using var answer = await PressAsync("/panel/kill");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("The replica has no process now.", await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData(
        "/panel/network",
        "mood",
        "slow",
        "PUT http://card-network/behaviour {\"delay\":3000,\"failing\":0,\"hanging\":0,\"cardLimit\":500}")]
    [InlineData("/panel/letters/replay", "ignored", "", "POST http://payments/cloudnative/dead-letters/replay {\"ids\":[7]}")]
    [InlineData("/panel/letters/discard", "ignored", "", "POST http://payments/cloudnative/dead-letters/discard {\"ids\":[7]}")]
    public async Task Post_BackstageButton_TellsTheService(string action, string field, string value, string expected)
    {
        using var backstage = new StubBackstage();
        using var app = Behind(backstage);
        using var browser = app.CreateBrowser();
        var page = await browser.GetStringAsync("/panel", Token);
        using var form = new FormUrlEncodedContent([.. Html.Form(page, action), new(field, value)]);
        using var answer = await browser.PostAsync(action, form, Token);

        Assert.Contains("HandlerFailed after 10 attempts", page, StringComparison.Ordinal);
        Assert.Contains("answers in 20 ms", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(expected, Assert.Single(backstage.Changes));
    }

    [Fact]
    public async Task Get_Panel_ShowsWhereEventsWait()
    {
        using var backstage = new StubBackstage { Events = StubBackstage.Queues(waiting: 7, members: 0, isFailing: true) };
        using var app = Behind(backstage);
        using var browser = app.CreateBrowser();
        var page = await browser.GetStringAsync("/panel", Token);

        var shipping = Html.Part(page, "queue-shipping-payments");
        Assert.Contains("nobody takes them now · the oldest for 41 s", shipping, StringComparison.Ordinal);
        Assert.Contains("7<span class=\"hidden\"> waiting</span>", shipping, StringComparison.Ordinal);
        Assert.Contains("2 processes take them", Html.Part(page, "queue-payments-orders"), StringComparison.Ordinal);
        Assert.Contains("the log takes none · the oldest for 5 s", Html.Part(page, "outbox-payments"), StringComparison.Ordinal);
        Assert.Contains("nobody is there to tell", Html.Part(page, "outbox-shipping"), StringComparison.Ordinal);
        Assert.Contains("7 on their way; none is lost", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_ShippingIsBack_ShowsTheEventsDrain()
    {
        using var backstage = new StubBackstage();
        using var app = Behind(backstage);
        using var browser = app.CreateBrowser();
        using var answer = await browser.GetAsync("/panel/live", HttpCompletionOption.ResponseHeadersRead, Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));

        await Html.ReadUntilAsync(lines, "7<span class=\"hidden\"> waiting</span>", Token);
        backstage.Events = StubBackstage.Queues(waiting: 0, members: 1);
        await Html.ReadUntilAsync(lines, "all that was told has been heard", Token);
    }

    [Fact]
    public async Task Get_PanelNobodyAnswers_SaysSo()
    {
        var page = await _browser.GetStringAsync("/panel", Token);

        Assert.Contains("no service can tell at the moment", Html.Part(page, "waiting"), StringComparison.Ordinal);
        Assert.Contains("nobody is there to tell", Html.Part(page, "outbox-ordering"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_CardNetworkThatIsGone_SaysSo()
    {
        var form = Html.Form(await _browser.GetStringAsync("/panel", Token), "/panel/network");
        using var content = new FormUrlEncodedContent([.. form, new("mood", "slow")]);
        using var answer = await _browser.PostAsync("/panel/network", content, Token);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("The card network does not answer.", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_PanelWithoutEngine_SaysThatThereIsNothingToBreak()
    {
        using var app = new WebApp(_catalog.Server.CreateHandler, () => new BrokenCatalog());
        var page = await app.CreateBrowser().GetStringAsync("/panel", Token);

        Assert.Contains("No local engine runs this app", page, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/panel/kill\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PanelWhoseEngineIsGone_SaysSo()
    {
        using var app = new WebApp(_catalog.Server.CreateHandler, () => new BrokenCatalog())
        {
            Settings = { ["CLOUDNATIVE_CONTROL_SOCKET"] = _engine.SocketPath + ".gone" },
        };
        var page = await app.CreateBrowser().GetStringAsync("/panel", Token);

        Assert.Contains("The local engine does not answer.", page, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
        _catalog.Dispose();
        _engine.Dispose();
    }

    private WebApp Behind(StubBackstage backstage) => new(_catalog.Server.CreateHandler, () => new BrokenCatalog())
    {
        Settings = { ["Services:payments:http:0"] = "http://127.0.0.1:9", ["Services:card-network:http:0"] = "http://127.0.0.1:9" },
        Backstage = () => backstage,
    };

    private async Task<HttpResponseMessage> PressAsync(string action)
    {
        using var form = new FormUrlEncodedContent(Html.Form(await _browser.GetStringAsync("/panel", Token), action));
        return await _browser.PostAsync(action, form, Token);
    }
}
