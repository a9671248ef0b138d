using System.Net;
using System.Net.Http.Json;
using CloudNative.Shop.Tests.Catalog;
using CloudNative.Shop.Tests.Ordering;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Shop.Tests.Web;

public sealed class StorefrontTests : IDisposable
{
    private readonly CatalogApp _catalog = new();
    private readonly OrderingApp _ordering;
    private readonly WebApp _app;
    private readonly HttpClient _browser;

    public StorefrontTests()
    {
        _ordering = new OrderingApp(_catalog.Server.CreateHandler);
        _app = new WebApp(_catalog.Server.CreateHandler, _ordering.Server.CreateHandler);
        _browser = _app.CreateBrowser();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "270 things worth having")]
    [InlineData("/?q=skillet", "Cast-iron skillet, 26 cm")]
    [InlineData("/?shelf=Coffee+%26+Tea", "<h1 id=\"heading\">Coffee &amp; Tea</h1>")]
    [InlineData("/?page=nonsense", "270 things worth having")]
    [InlineData("/?page=2", "25 to 48 of 270")]
    [InlineData("/products/moby-dick", "Captain Ahab hunts the white whale")]
    [InlineData("/basket", "Nothing in it yet")]
    public async Task Get_Page_ShowsItWithTheHeadersOfSecurity(string address, string expected)
    {
        using var answer = await _browser.GetAsync(address, Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(expected, page, StringComparison.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/products/no-such-thing")]
    [InlineData("/nowhere")]
    public async Task Get_Unknown_Is404WithAPage(string address)
    {
        using var answer = await _browser.GetAsync(address, Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Not on any shelf.", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Get_HostileProduct_IsShownAsText()
    {
        const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        var product = new { id = Hostile, name = Hostile, category = Hostile, description = Hostile, price = 1 };
        using var app = new WebApp(
            () => new StubHandler(request => new HttpResponseMessage
            {
                Content = request.RequestUri!.AbsolutePath switch
                {
                    "/categories" => JsonContent.Create(new[] { new { name = Hostile, count = 1 } }),
                    "/products" => JsonContent.Create(new { items = new[] { product }, page = 1, pageSize = 24, total = 1 }),
                    _ => JsonContent.Create(product),
                },
            }),
            () => new BrokenCatalog());
        using var browser = app.CreateBrowser();

        foreach (var address in (string[])["/", "/products/x", $"/?q={Uri.EscapeDataString(Hostile)}"])
        {
            var page = await browser.GetStringAsync(address, Token);

            Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Posts_AllOfThem_AskForTheTokenOfTheForm()
    {
        var posts = _app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            // These take JSON from this machine only, no forms.
            .Where(endpoint => endpoint is not RouteEndpoint { RoutePattern.RawText: { } path }
                || !path.StartsWith("/cloudnative/", StringComparison.Ordinal))
            .ToList();

        Assert.True(posts.Count >= 7, $"{posts.Count} posts");
        Assert.All(posts, post => Assert.True(post.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation, post.DisplayName));
    }

    [Theory]
    [InlineData("/basket/add")]
    [InlineData("/orders")]
    [InlineData("/panel/kill")]
    public async Task Post_WithoutToken_IsRefusedWithAPage(string address)
    {
        using var form = new FormUrlEncodedContent([new("id", "moby-dick"), new("service", "catalog"), new("replica", "1")]);
        using var answer = await _browser.PostAsync(address, form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("That form is out of date.", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_ByFormsAlone_IsPlacedOnceHoweverOftenTheFormIsSent()
    {
        await PostAsync("/products/moby-dick", "/basket/add", new("quantity", "2"));
        var basket = await _browser.GetStringAsync("/basket", Token);
        var form = Html.Form(basket, "/orders");

        var orders = new List<string>();
        for (var time = 0; time < 3; time++)
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await _browser.PostAsync("/orders", content, Token);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            orders.Add(answer.Headers.Location!.OriginalString);
        }

        var order = await _browser.GetStringAsync(orders[0], Token);
        Assert.Contains("25.00</strong>", basket, StringComparison.Ordinal);
        Assert.Single(orders.Distinct());
        Assert.Contains("2 × Moby-Dick, Herman Melville", order, StringComparison.Ordinal);
        Assert.Contains($"data-live=\"{orders[0]}/live\"", order, StringComparison.Ordinal);
        Assert.Contains("Nothing in it yet", await _browser.GetStringAsync("/basket", Token), StringComparison.Ordinal);
        Assert.Equal(1, (await _ordering.CreateClient().GetFromJsonAsync<OrderPageDocument>("/orders", Token))!.Total);
    }

    [Fact]
    public async Task Basket_ChangedAndEmptied_ShowsIt()
    {
        await PostAsync("/products/moby-dick", "/basket/add", new("quantity", "2"));
        await PostAsync("/basket", "/basket/set", new("quantity", "5"));
        Assert.Contains("62.50</strong>", await _browser.GetStringAsync("/basket", Token), StringComparison.Ordinal);

        await PostAsync("/basket", "/basket/set", new("quantity", "0"));
        Assert.Contains("Nothing in it yet", await _browser.GetStringAsync("/basket", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basket_CookieOfSomebodyElsesMaking_IsAnEmptyBasket()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/basket");
        request.Headers.Add("Cookie", "basket=eyJLZXkiOiJ4In0");
        using var answer = await _app.CreateBrowser().SendAsync(request, Token);

        Assert.Contains("Nothing in it yet", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/?q=tent", "/?q=tent")]
    public async Task Theme_Chosen_ComesBackToThisSiteOnlyAndIsKept(string back, string expected)
    {
        var form = Html.Form(await _browser.GetStringAsync("/", Token), "/theme");
        form.RemoveAll(field => field.Key == "back");
        using var content = new FormUrlEncodedContent([.. form, new("back", back), new("theme", "dark")]);
        using var answer = await _browser.PostAsync("/theme", content, Token);

        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
        Assert.Contains("data-theme=\"dark\"", await _browser.GetStringAsync("/", Token), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
        _ordering.Dispose();
        _catalog.Dispose();
    }

    /// <summary>Sends the form of a page with what a visitor changed in it.</summary>
    private async Task PostAsync(string page, string action, KeyValuePair<string, string> change)
    {
        var form = Html.Form(await _browser.GetStringAsync(page, Token), action);
        form.RemoveAll(field => field.Key == change.Key);
        using var content = new FormUrlEncodedContent([.. form, change]);
        using var answer = await _browser.PostAsync(action, content, Token);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }
}
