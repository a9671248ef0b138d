namespace CloudNative.Shop.Tests.Web;

public sealed class OrderStreamTests : IDisposable
{
    private const string Placed = "Your order is placed.";
    private const string Paid = "Paid. The parcel is being packed.";
    private const string Shipped = "Shipped. It is on its way.";
    private const string Away = "Ordering does not answer at the moment";

    private readonly ScriptedOrdering _ordering = new();
    private readonly WebApp _app;
    private readonly HttpClient _browser;

    public OrderStreamTests()
    {
        _app = new WebApp(() => new StubHandler(_ => new HttpResponseMessage()), _ordering.Handler);
        _browser = _app.CreateBrowser();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_OrderingRestarts_GoesOnAfterTheLastStepAndMissesNone()
    {
        var order = _ordering.Place();
        using var lines = await OpenAsync(order);
        await Html.ReadUntilAsync(lines, Placed, Token);
        await _ordering.Changes.Followed.WaitAsync(Token);

        _ordering.GoAway();
        await Html.ReadUntilAsync(lines, Away, Token);
        _ordering.Advance(order, "Paid");
        _ordering.Advance(order, "Shipped");
        _ordering.ComeBack();
        await Html.ReadUntilAsync(lines, Paid, Token);
        await Html.ReadUntilAsync(lines, Shipped, Token);
        await Html.ReadUntilAsync(lines, "event: end", Token);

        Assert.Equal("1", _ordering.Changes.Asked.Last());
    }

    [Fact]
    public async Task Live_StreamBreaksAgainAndAgain_EveryStepComesOnceAndInOrder()
    {
        var order = _ordering.Place();
        using var lines = await OpenAsync(order);
        await Html.ReadUntilAsync(lines, Placed, Token);
        await _ordering.Changes.Followed.WaitAsync(Token);

        _ordering.Changes.Break();
        _ordering.Advance(order, "Paid");
        await Html.ReadUntilAsync(lines, Paid, Token);
        _ordering.Changes.Break();
        _ordering.Advance(order, "Shipped");
        var rest = await lines.ReadToEndAsync(Token);

        Assert.Contains(Shipped, rest, StringComparison.Ordinal);
        Assert.DoesNotContain(Paid, rest, StringComparison.Ordinal);
        Assert.Equal(["", "1", "2"], _ordering.Changes.Asked);
    }

    [Fact]
    public async Task Live_ManyBrowsers_ShareOneStream()
    {
        var orders = Enumerable.Range(0, 12).Select(_ => _ordering.Place()).ToList();
        var browsers = await Task.WhenAll(orders.Select(OpenAsync));
        await _ordering.Changes.Followed.WaitAsync(Token);
        foreach (var browser in browsers)
        {
            await Html.ReadUntilAsync(browser, Placed, Token);
        }

        orders.ForEach(order => _ordering.Advance(order, "Declined"));
        foreach (var browser in browsers)
        {
            await Html.ReadUntilAsync(browser, "Declined.", Token);
            browser.Dispose();
        }

        Assert.Equal([""], _ordering.Changes.Asked);
    }

    [Fact]
    public async Task Live_SlowBrowser_KeepsNobodyWaitingAndMissesNothing()
    {
        var (slow, quick) = (_ordering.Place(), _ordering.Place());
        using var slowLines = await OpenAsync(slow);
        await Html.ReadUntilAsync(slowLines, Placed, Token);
        using var quickLines = await OpenAsync(quick);
        await Html.ReadUntilAsync(quickLines, Placed, Token);
        await _ordering.Changes.Followed.WaitAsync(Token);

        _ordering.Advance(slow, "Paid");
        for (var other = 0; other < 2_000; other++)
        {
            _ordering.Place();
        }

        _ordering.Advance(slow, "Shipped");
        _ordering.Advance(quick, "Paid");
        await Html.ReadUntilAsync(quickLines, Paid, Token);

        await Html.ReadUntilAsync(slowLines, Paid, Token);
        await Html.ReadUntilAsync(slowLines, Shipped, Token);
    }

    [Fact]
    public async Task Live_StepBeforeTheStreamIsThere_IsNotMissed()
    {
        _ordering.GoAway();
        var order = _ordering.Place();
        _ordering.Advance(order, "Paid");
        _ordering.ComeBack();
        using var lines = await OpenAsync(order);
        await Html.ReadUntilAsync(lines, Paid, Token);
        await _ordering.Changes.Followed.WaitAsync(Token);

        _ordering.Advance(order, "Shipped");
        await Html.ReadUntilAsync(lines, Shipped, Token);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
    }

    private async Task<StreamReader> OpenAsync(Guid order)
    {
        var answer = await _browser.GetAsync($"/orders/{order}/live", HttpCompletionOption.ResponseHeadersRead, Token);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
    }
}
