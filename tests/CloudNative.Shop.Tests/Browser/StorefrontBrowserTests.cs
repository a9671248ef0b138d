using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CloudNative.Shop.Tests.Browser;

public sealed partial class StorefrontBrowserTests(Chromium chromium) : IDisposable
{
    private readonly Lazy<Storefront> _shop = new(() => new Storefront());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Pages_AtThisWidthInTheseColours_FitReadAndRaiseNoComplaint(int width, ColorScheme scheme)
    {
        await using var visitor = await ComeAsync(width, scheme);
        string[] addresses = ["/", "/?q=tent", "/?q=nothing-at-all", "/products/moby-dick", "/basket", "/panel", "/orders"];
        await OrderAsync(visitor.Page);
        await PageChecks.HoldAsync(visitor.Page);

        foreach (var address in addresses[..^1])
        {
            await visitor.Page.GotoAsync(address);
            await visitor.Page.EvaluateAsync("document.fonts.ready");
            await PageChecks.HoldAsync(visitor.Page);
        }

        await visitor.Page.GotoAsync("/products/moby-dick");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add to basket" }).ClickAsync();
        await PageChecks.HoldAsync(visitor.Page);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Order_WithKeyboardOnly_IsPlacedAndItsStateChangesLive()
    {
        await using var visitor = await ComeAsync(1440, ColorScheme.Light);
        var page = visitor.Page;
        await page.GotoAsync("/");
        await visitor.TabToAsync("Skip to content");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.GotoAsync("/products/walden");
        await visitor.TabToAsync("Add to basket");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/basket");
        await visitor.TabToAsync("Place order");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/orders/*", new() { WaitUntil = WaitUntilState.Commit });

        var sentence = page.Locator(".sentence[role=status]");
        await Assertions.Expect(sentence).ToHaveTextAsync("Your order is placed. The payment is under way.");
        await page.EvaluateAsync("document.querySelector('.sentence').dataset.kept = 'yes'");
        _shop.Value.Status = "paid";
        await Assertions.Expect(sentence).ToHaveTextAsync("Paid. The parcel is being packed.");
        _shop.Value.Status = "shipped";
        await Assertions.Expect(sentence).ToHaveTextAsync("Shipped. It is on its way.");
        await Assertions.Expect(page.Locator(".steps .done")).ToHaveCountAsync(3);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Order_Declined_SaysSo()
    {
        await using var visitor = await ComeAsync(390, ColorScheme.Dark);
        await OrderAsync(visitor.Page);

        _shop.Value.Status = "declined";

        await Assertions.Expect(visitor.Page.Locator(".sentence")).ToContainTextAsync("Declined");
        await PageChecks.HoldAsync(visitor.Page);
    }

    [Fact]
    public async Task Order_WithoutScript_IsPlacedAndThePageLooksAgainByItself()
    {
        await using var visitor = await ComeAsync(1440, ColorScheme.Light, script: false);
        await OrderAsync(visitor.Page);

        _shop.Value.Status = "shipped";

        await Assertions.Expect(visitor.Page.Locator(".sentence")).ToHaveTextAsync("Shipped. It is on its way.");
    }

    [Fact]
    public async Task Order_ButtonPressedTwice_IsOneOrder()
    {
        await using var visitor = await ComeAsync(1440, ColorScheme.Light);
        await visitor.Page.GotoAsync("/products/walden");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add to basket" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Place order" }).DblClickAsync();
        await visitor.Page.WaitForURLAsync("**/orders/*", new() { WaitUntil = WaitUntilState.Commit });

        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Order 1");
    }

    [Fact]
    public async Task Colours_Toggled_ChangeAtOnceAndStay()
    {
        await using var visitor = await ComeAsync(1440, ColorScheme.Light);
        var page = visitor.Page;
        await page.GotoAsync("/");
        var light = await BackgroundAsync(page);

        await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync(), "**/theme");
        var dark = await BackgroundAsync(page);
        await page.ReloadAsync();

        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await BackgroundAsync(page));
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Panel_Kill_TellsTheEngineAndShowsWhatComesOfItWithoutLosingTheFocus()
    {
        await using var visitor = await ComeAsync(1440, ColorScheme.Light);
        var page = visitor.Page;
        await page.GotoAsync("/panel");
        var kill = page.GetByRole(AriaRole.Button, new() { Name = "Kill catalog-1" });

        await kill.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("catalog-1 is killed.");
        var engine = _shop.Value.Engine;
        engine.State = engine.State.Replace("\"processId\":4001", "\"processId\":4099", StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#replica-catalog-1")).ToContainTextAsync("process 4099");

        Assert.Equal("""{"command":"kill","service":"catalog","replica":1}""", Assert.Single(engine.Asked));
        await Assertions.Expect(kill).ToBeFocusedAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Panel_FaultAndLoadByKeyboard_ShowWhatComesOfThemWithoutLosingTheFocus()
    {
        await using var visitor = await ComeAsync(390, ColorScheme.Dark);
        var page = visitor.Page;
        await page.GotoAsync("/panel");
        var silent = page.GetByRole(AriaRole.Button, new() { Name = "Silent catalog-1", Exact = true });
        var load = page.GetByRole(AriaRole.Button, new() { Name = "Send load" });

        await silent.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("catalog-1 takes requests and answers none.");
        await Assertions.Expect(silent).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(silent).ToBeFocusedAsync();

        await load.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(load).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Locator("#goodput .good dd")).ToHaveTextAsync(Some(), new() { Timeout = 60_000 });
        await PageChecks.HoldAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(load).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(load).ToBeFocusedAsync();
        Assert.Empty(visitor.Complaints);
    }

    [GeneratedRegex("^[1-9]")]
    private static partial Regex Some();

    public void Dispose()
    {
        if (_shop.IsValueCreated)
        {
            _shop.Value.Dispose();
        }
    }

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task OrderAsync(IPage page)
    {
        await page.GotoAsync("/products/walden");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to basket" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Place order" }).ClickAsync();
        await page.WaitForURLAsync("**/orders/*", new() { WaitUntil = WaitUntilState.Commit });
    }

    private async Task<Visitor> ComeAsync(int width, ColorScheme scheme, bool script = true)
    {
        var browser = await chromium.GetAsync(Token);
        return await Visitor.ComeAsync(browser, _shop.Value.Address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
        });
    }
}
