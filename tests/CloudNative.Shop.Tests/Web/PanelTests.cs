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
    public async Task Post_FaultOfAReplica_TellsThatReplicaAndShowsWhatItDoes()
    {
        using var backstage = new StubBackstage();
        using var app = Behind(backstage, _engine.SocketPath);
        using var browser = app.CreateBrowser();
        var page = await browser.GetStringAsync("/panel", Token);
        using var form = new FormUrlEncodedContent([.. Html.Form(page, "/panel/fault"), new("fault", "silent")]);
        using var answer = await browser.PostAsync("/panel/fault", form, Token);
        var broken = Html.Part(await browser.GetStringAsync("/panel", Token), "replica-catalog-1");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(
            "PUT http://127.0.0.1:5001/fault {\"slowness\":1,\"failing\":0,\"silent\":true}", Assert.Single(backstage.Changes));
        Assert.Contains("<span class=\"state\">silent</span>", broken, StringComparison.Ordinal);

        // One that has no process cannot be broken further, and no other service can.
        Assert.DoesNotContain("/panel/fault", Html.Part(page, "replica-catalog-2"), StringComparison.Ordinal);
        Assert.DoesNotContain("/panel/fault", Html.Part(page, "replica-web-1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("catalog-2", "silent", HttpStatusCode.Conflict, "catalog-2 has no process now.")]
    [InlineData("web-1", "silent", HttpStatusCode.Conflict, "web-1 has no process now.")]
    [InlineData("catalog-1", "slow", HttpStatusCode.Conflict, "catalog-1 does not answer.")]
    [InlineData("catalog-1", "worse", HttpStatusCode.BadRequest, "")]
    public async Task Post_FaultThatCannotBe_IsRefusedInWords(string replica, string fault, HttpStatusCode status, string words)
    {
        var form = Html.Form(await _browser.GetStringAsync("/panel", Token), "/panel/load");
        using var content = new FormUrlEncodedContent([.. form, new("replica", replica), new("fault", fault)]);
        using var answer = await _browser.PostAsync("/panel/fault", content, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(words, status == HttpStatusCode.Conflict ? await answer.Content.ReadAsStringAsync(Token) : "");
    }

    [Fact]
    public async Task Post_Load_IsCountedSecondBySecondUntilItIsSwitchedOff()
    {
        var form = Html.Form(await _browser.GetStringAsync("/panel", Token), "/panel/load");
        using var on = new FormUrlEncodedContent(form);
        using var answer = await _browser.PostAsync("/panel/load", on, Token);
        using (var live = await _browser.GetAsync("/panel/live", HttpCompletionOption.ResponseHeadersRead, Token))
        {
            using var lines = new StreamReader(await live.Content.ReadAsStreamAsync(Token));
            await Html.ReadUntilAsync(lines, "<div class=\"good\"><dt>good answers a second</dt>", Token);
        }

        var page = await _browser.GetStringAsync("/panel", Token);
        using var off = new FormUrlEncodedContent(Html.Form(page, "/panel/load"));
        using var end = await _browser.PostAsync("/panel/load", off, Token);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("40 requests a second go to the catalog", page, StringComparison.Ordinal);
        Assert.Contains("<dt>failed a second</dt><dd>0</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("go to the catalog", await _browser.GetStringAsync("/panel", Token), StringComparison.Ordinal);
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

    private WebApp Behind(StubBackstage backstage, string engine = "") => new(_catalog.Server.CreateHandler, () => new BrokenCatalog())
    {
        Settings =
        {
            ["Services:payments:http:0"] = "http://127.0.0.1:9",
            ["Services:card-network:http:0"] = "http://127.0.0.1:9",
            ["CLOUDNATIVE_CONTROL_SOCKET"] = engine,
        },
        Backstage = () => backstage,
    };

    private async Task<HttpResponseMessage> PressAsync(string action)
    {
        using var form = new FormUrlEncodedContent(Html.Form(await _browser.GetStringAsync("/panel", Token), action));
        return await _browser.PostAsync(action, form, Token);
    }
}
