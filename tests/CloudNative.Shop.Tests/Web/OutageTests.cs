using System.Net;
using CloudNative.Shop.Tests.Catalog;
using CloudNative.Shop.Tests.Ordering;

namespace CloudNative.Shop.Tests.Web;

public sealed class OutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/?q=tent")]
    [InlineData("/products/moby-dick")]
    public async Task Get_CatalogIsDown_503ThatSaysSoAndWhenToTryAgain(string address)
    {
        using var app = new WebApp(() => new BrokenCatalog(), () => new BrokenCatalog());
        using var browser = app.CreateBrowser();

        using var answer = await browser.GetAsync(address, Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var seconds = answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        Assert.InRange(seconds, 1, 60);
        Assert.Contains("A moment, please.", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{address}\"", page, StringComparison.Ordinal);
        Assert.Contains($"data-retry=\"{seconds}\"", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Get_CatalogFailsFromInside_503()
    {
        using var app = new WebApp(
            () => new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.InternalServerError)), () => new BrokenCatalog());
        using var answer = await app.CreateBrowser().GetAsync("/", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Order_OrderingIsDown_503AndTheSameFormAgainOrdersOnce()
    {
        using var catalog = new CatalogApp();
        using var ordering = new OrderingApp(catalog.Server.CreateHandler);
        var down = true;
        using var app = new WebApp(
            catalog.Server.CreateHandler, () => new Switch(() => down, ordering.Server.CreateHandler()));
        using var browser = app.CreateBrowser();
        using (var add = new FormUrlEncodedContent(Html.Form(await browser.GetStringAsync("/products/walden", Token), "/basket/add")))
        {
            (await browser.PostAsync("/basket/add", add, Token)).Dispose();
        }

        var form = Html.Form(await browser.GetStringAsync("/basket", Token), "/orders");
        using var first = new FormUrlEncodedContent(form);
        using var refused = await browser.PostAsync("/orders", first, Token);
        var page = await refused.Content.ReadAsStringAsync(Token);
        down = false;
        using var second = new FormUrlEncodedContent(Html.Form(page, "/orders"));
        using var placed = await browser.PostAsync("/orders", second, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("Send it again", page, StringComparison.Ordinal);
        Assert.Equal(form.Single(field => field.Key == "key"), Html.Form(page, "/orders").Single(field => field.Key == "key"));
        Assert.Equal(HttpStatusCode.SeeOther, placed.StatusCode);
    }

    private sealed class Switch(Func<bool> isDown, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            isDown()
                ? throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody there.")
                : base.SendAsync(request, cancellationToken);
    }
}
