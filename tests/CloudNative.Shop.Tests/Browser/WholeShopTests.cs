using System.Text.RegularExpressions;
using CloudNative.Testing;
using Microsoft.Playwright;

namespace CloudNative.Shop.Tests.Browser;

/// <summary>The whole Shop as a user starts it, in a browser: all its processes, real events, and a real kill.</summary>
public sealed partial class WholeShopTests(Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shop_OrderedAndBrokenFromThePanel_ShipsTheOrderAndGoesOnSelling()
    {
        var browser = await chromium.GetAsync(Token);
        using var data = new TemporaryDirectory();
        await using var shop = Start(data);
        var ready = await shop.WaitForLineAsync(line => Gateway().IsMatch(line), Token);
        var address = new Uri(Gateway().Match(ready).Groups[1].Value);
        await using var visitor = await Visitor.ComeAsync(browser, address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        var page = visitor.Page;

        // Placed while shipping is stopped: paid, and no further.
        await page.GotoAsync("/panel");
        await page.GetByRole(AriaRole.Button, new() { Name = "As usual" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop shipping" }).ClickAsync();
        await Assertions.Expect(page.Locator("#replica-shipping-1")).ToContainTextAsync("stopped", new() { Timeout = 60_000 });
        await OrderAsync(page);
        var order = page.Url;
        await Assertions.Expect(page.Locator(".sentence")).ToContainTextAsync("Paid.", new() { Timeout = 60_000 });

        // A second page starts it again, and the first one changes by itself. Until then the event waits in sight.
        var panel = await page.Context.NewPageAsync();
        await panel.GotoAsync("/panel");
        var waiting = panel.Locator("#queue-shipping-payments");
        await Assertions.Expect(waiting).ToContainTextAsync("nobody takes them now", new() { Timeout = 60_000 });
        await Assertions.Expect(waiting.Locator(".waiting")).ToHaveTextAsync("1 waiting", new() { Timeout = 60_000 });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Start shipping" }).ClickAsync();
        await Assertions.Expect(page.Locator(".sentence")).ToContainTextAsync("Shipped.", new() { Timeout = 60_000 });
        await Assertions.Expect(waiting.Locator(".waiting")).ToHaveTextAsync("0 waiting", new() { Timeout = 60_000 });
        Assert.Equal(order, page.Url);

        // One of two catalogs is killed while visitors come.
        await panel.GetByRole(AriaRole.Button, new() { Name = "Kill catalog-1" }).ClickAsync();
        for (var visit = 0; visit < 10; visit++)
        {
            var answer = await page.GotoAsync("/?q=tent");
            Assert.Equal(200, answer!.Status);
        }

        await Assertions.Expect(panel.Locator("#replica-catalog-1")).ToContainTextAsync("start 2", new() { Timeout = 60_000 });
        await Assertions.Expect(panel.Locator("#requests .good dd")).ToHaveTextAsync("0");
        Assert.Empty(visitor.Complaints);

        // Each way to be broken under a steady load: the good answers go on.
        await panel.GetByRole(AriaRole.Button, new() { Name = "Send load" }).ClickAsync();
        await GoodputIsWholeAsync(panel);
        foreach (var (button, words) in Faults)
        {
            await panel.GetByRole(AriaRole.Button, new() { Name = $"{button} catalog-1", Exact = true }).ClickAsync();
            await Assertions.Expect(panel.Locator("#said")).ToHaveTextAsync($"catalog-1 {words}.");
            await Assertions.Expect(panel.GetByRole(AriaRole.Button, new() { Name = $"{button} catalog-1", Exact = true, Pressed = true }))
                .ToBeVisibleAsync(new() { Timeout = 60_000 });
            await GoodputIsWholeAsync(panel);
        }

        // Ordering asks the broken one, too, by gRPC: what is silent is left for the other.
        await OrderAsync(page);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Well catalog-1", Exact = true }).ClickAsync();
        await Assertions.Expect(panel.Locator("#replica-catalog-1 .state")).ToHaveTextAsync("ready", new() { Timeout = 60_000 });
        Assert.Empty(visitor.Complaints);
    }

    private static readonly (string Button, string Words)[] Faults =
    [
        ("Slow", "takes 50 times as long"),
        ("Failing", "fails half of its requests"),
        ("Silent", "takes requests and answers none"),
    ];

    // Nine tenths of what is asked for, and nothing failed, over three seconds.
    private static async Task GoodputIsWholeAsync(IPage panel)
    {
        var figures = panel.Locator("#goodput .figures");
        await Assertions.Expect(figures).ToContainTextAsync(WholeGoodput(), new() { Timeout = 60_000 });
    }

    [GeneratedRegex(@"good answers a second\s*(3[6-9]|4\d)\s*failed a second\s*0\s")]
    private static partial Regex WholeGoodput();

    private static async Task OrderAsync(IPage page)
    {
        await page.GotoAsync("/products/walden");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to basket" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Place order" }).ClickAsync();
        // What the page shows is waited for by whoever looks; its stream of changes begins before everything is loaded.
        await page.WaitForURLAsync("**/orders/*", new() { WaitUntil = WaitUntilState.Commit });
    }

    // Built with this test; see SmokeTests.
    private static ChildProcess Start(TemporaryDirectory data)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var dll = Path.Combine(own.Parent!.Parent!.FullName, "Shop", own.Name, "Shop.dll");
        return ChildProcess.Start(ChildProcessOptions.ForAssembly(dll, "--no-build", "--configuration", own.Name, "--data", data.Path));
    }

    [GeneratedRegex(@"\|\s*gateway\s*\|\s*1\s*\|\s*ready\s*\|\s*(http://\S+)")]
    private static partial Regex Gateway();
}
