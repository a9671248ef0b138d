using System.Net;
using AngleSharp.Html.Parser;
using CloudNative.Shop.Tests.Catalog;
using CloudNative.Shop.Tests.Ordering;

namespace CloudNative.Shop.Tests.Web;

/// <summary>Every page that the storefront renders, by a strict parser and the rules that a parser does not know.</summary>
public sealed class HtmlTests : IDisposable
{
    private readonly FakeEngine _engine = new();
    private readonly CatalogApp _catalog = new();
    private readonly OrderingApp _ordering;
    private readonly OrderStage _stage = new();
    private readonly StubBackstage _backstage = new();
    private readonly WebApp _app;
    private readonly HttpClient _browser;

    public HtmlTests()
    {
        _ordering = new OrderingApp(_catalog.Server.CreateHandler);
        _app = new WebApp(_catalog.Server.CreateHandler, () => new StagedOrdering(_ordering.Server.CreateHandler(), _stage))
        {
            Settings =
            {
                ["CLOUDNATIVE_CONTROL_SOCKET"] = _engine.SocketPath,
                ["Services:payments:http:0"] = "http://127.0.0.1:9",
                ["Services:card-network:http:0"] = "http://127.0.0.1:9",
            },
            Backstage = () => _backstage,
        };
        _browser = _app.CreateBrowser();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/?q=tent", HttpStatusCode.OK)]
    [InlineData("/?q=%3C%22%27%26nothing", HttpStatusCode.OK)]
    [InlineData("/?page=2", HttpStatusCode.OK)]
    [InlineData("/products/walden", HttpStatusCode.OK)]
    [InlineData("/products/there-is-none", HttpStatusCode.NotFound)]
    [InlineData("/orders/7c9e6679-7425-40de-944b-e07fc1f90ae7", HttpStatusCode.NotFound)]
    [InlineData("/basket", HttpStatusCode.OK)]
    [InlineData("/panel", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Page_OfEachKind_IsValid(string address, HttpStatusCode expected)
    {
        using var answer = await _browser.GetAsync(address, Token);
        Assert.Equal(expected, answer.StatusCode);
        await HoldAsync(answer);
    }

    [Theory]
    [InlineData("placed")]
    [InlineData("paid")]
    [InlineData("shipped")]
    [InlineData("declined")]
    public async Task Page_OfAnOrder_IsValid(string status)
    {
        _stage.Status = status;
        await FillBasketAsync(_browser);
        await HoldAsync(_browser, "/basket");
        using var form = new FormUrlEncodedContent(Html.Form(await _browser.GetStringAsync("/basket", Token), "/orders"));
        using var placed = await _browser.PostAsync("/orders", form, Token);
        await HoldAsync(_browser, placed.Headers.Location!.OriginalString);
        await HoldAsync(_browser, "/panel");
    }

    [Fact]
    public async Task Page_AfterAFormThatIsNotOurs_IsValid()
    {
        using var form = new FormUrlEncodedContent([new("id", "walden")]);
        using var answer = await _browser.PostAsync("/basket/add", form, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await HoldAsync(answer);
    }

    [Fact]
    public async Task Page_WhileCatalogIsAway_IsValid()
    {
        using var app = new WebApp(() => new BrokenCatalog(), () => new BrokenCatalog());
        using var browser = app.CreateBrowser();
        using var answer = await browser.GetAsync("/products/walden", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await HoldAsync(answer);
        await HoldAsync(browser, "/panel");
    }

    [Fact]
    public async Task Page_WhileOrderingIsAway_IsValid()
    {
        using var app = new WebApp(_catalog.Server.CreateHandler, () => new BrokenCatalog());
        using var browser = app.CreateBrowser();
        await FillBasketAsync(browser);
        using var form = new FormUrlEncodedContent(Html.Form(await browser.GetStringAsync("/basket", Token), "/orders"));
        using var answer = await browser.PostAsync("/orders", form, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await HoldAsync(answer);
    }

    [Theory]
    [InlineData("<p>a<div>b</p></div>")]
    [InlineData("<form><form></form></form>")]
    [InlineData("<b><i></b></i>")]
    [InlineData("<a href='/' href='/'>twice</a>")]
    public void Parse_PlantedError_IsFound(string part) => Assert.Throws<HtmlParseException>(() => HtmlRules.Parse(Around(part)));

    [Theory]
    [InlineData("<p id=a></p><p id=a></p>", "not unique")]
    [InlineData("<input name=q>", "No label")]
    [InlineData("<button></button>", "No name")]
    [InlineData("<img src=x>", "No alt")]
    [InlineData("<h1>again</h1>", "2 of h1")]
    [InlineData("<h3>deep</h3>", "passed over")]
    [InlineData("<ul><div></div></ul>", "Not an item")]
    [InlineData("<section aria-labelledby=none></section>", "points nowhere")]
    [InlineData("<p style='color:red'></p>", "Inline")]
    public void Check_PlantedFault_IsFound(string part, string expected) =>
        Assert.Contains(expected, Assert.Single(HtmlRules.Check(HtmlRules.Parse(Around(part)))), StringComparison.Ordinal);

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
        _ordering.Dispose();
        _catalog.Dispose();
        _backstage.Dispose();
        _engine.Dispose();
    }

    private static string Around(string part) =>
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + $"<title>t</title></head><body><main><h1>h</h1>{part}</main></body></html>";

    private static async Task FillBasketAsync(HttpClient browser)
    {
        using var add = new FormUrlEncodedContent(Html.Form(await browser.GetStringAsync("/products/walden", Token), "/basket/add"));
        (await browser.PostAsync("/basket/add", add, Token)).Dispose();
    }

    private static async Task HoldAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address, Token);
        await HoldAsync(answer);
    }

    private static async Task HoldAsync(HttpResponseMessage answer) =>
        Assert.Empty(HtmlRules.Check(HtmlRules.Parse(await answer.Content.ReadAsStringAsync(Token))));
}
