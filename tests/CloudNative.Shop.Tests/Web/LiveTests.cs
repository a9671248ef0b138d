using CloudNative.Shop.Tests.Catalog;
using CloudNative.Shop.Tests.Ordering;

namespace CloudNative.Shop.Tests.Web;

public sealed class LiveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_OrderGoesOn_SendsEachStateAsItComesAndEnds()
    {
        using var catalog = new CatalogApp();
        using var ordering = new OrderingApp(catalog.Server.CreateHandler);
        var stage = new OrderStage();
        using var app = new WebApp(catalog.Server.CreateHandler, () => new StagedOrdering(ordering.Server.CreateHandler(), stage));
        using var browser = app.CreateBrowser();
        var order = await PlaceAsync(browser);

        using var answer = await browser.GetAsync($"{order}/live", HttpCompletionOption.ResponseHeadersRead, Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("event: fragment", await lines.ReadLineAsync(Token));
        await Html.ReadUntilAsync(lines, "Your order is placed.", Token);
        stage.Status = "paid";
        await Html.ReadUntilAsync(lines, "Paid. The parcel is being packed.", Token);
        var panel = await browser.GetStringAsync("/panel", Token);
        Assert.Contains("wait to be shipped</dt><dd><span>1</span>", panel, StringComparison.Ordinal);
        stage.Status = "shipped";
        await Html.ReadUntilAsync(lines, "Shipped. It is on its way.", Token);
        await Html.ReadUntilAsync(lines, "event: end", Token);
        await lines.ReadToEndAsync(Token);

        var page = await browser.GetStringAsync(order, Token);
        Assert.DoesNotContain("data-live", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_OrderThatNobodyKnows_EndsAtOnce()
    {
        using var catalog = new CatalogApp();
        using var ordering = new OrderingApp(catalog.Server.CreateHandler);
        using var app = new WebApp(catalog.Server.CreateHandler, ordering.Server.CreateHandler);

        var answer = await app.CreateBrowser().GetStringAsync($"/orders/{Guid.NewGuid()}/live", Token);

        Assert.StartsWith("event: end", answer, StringComparison.Ordinal);
    }

    private static async Task<string> PlaceAsync(HttpClient browser)
    {
        using var add = new FormUrlEncodedContent(Html.Form(await browser.GetStringAsync("/products/walden", Token), "/basket/add"));
        (await browser.PostAsync("/basket/add", add, Token)).Dispose();
        using var form = new FormUrlEncodedContent(Html.Form(await browser.GetStringAsync("/basket", Token), "/orders"));
        using var placed = await browser.PostAsync("/orders", form, Token);
        return placed.Headers.Location!.OriginalString;
    }
}
