using Microsoft.Playwright;

namespace CloudNative.Shop.Tests.Browser;

/// <summary>
/// Takes the pictures that stand in the documents: fixed data, no animation. With SHOP_SCREENSHOTS set to a directory of the repository
/// they are written there; the command is in samples/Shop/README.md.
/// </summary>
public sealed class ScreenshotTests(Chromium chromium) : IDisposable
{
    private const int Largest = 300 * 1024;

    /// <summary>How long the load runs that stands in the picture.</summary>
    private const int Seconds = 8;

    private readonly Lazy<Storefront> _shop = new(() => new Storefront());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("shop", "/", 1280, 800, ColorScheme.Light)]
    [InlineData("shop-panel", "/panel", 1280, 1900, ColorScheme.Dark)]
    public async Task Take_Picture_IsSmallEnoughForTheReadme(string name, string address, int width, int height, ColorScheme scheme)
    {
        var browser = await chromium.GetAsync(Token);
        await using var visitor = await Visitor.ComeAsync(browser, _shop.Value.Address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        });
        _shop.Value.Status = "paid";
        for (var order = 0; order < 7; order++)
        {
            await visitor.Page.GotoAsync("/products/walden");
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add to basket" }).ClickAsync();
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Place order" }).ClickAsync();
            await visitor.Page.WaitForURLAsync("**/orders/*", new() { WaitUntil = WaitUntilState.Commit });
        }

        // The second time the font is there at once.
        await visitor.Page.GotoAsync(address);
        await visitor.Page.EvaluateAsync("document.fonts.ready");
        if (await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send load" }).IsVisibleAsync())
        {
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send load" }).ClickAsync();
            await Assertions.Expect(visitor.Page.Locator("#goodput rect.fine")).ToHaveCountAsync(Seconds, new() { Timeout = 60_000 });
        }

        var picture = await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });

        Assert.InRange(picture.Length, 10_000, Largest);
        if (Environment.GetEnvironmentVariable("SHOP_SCREENSHOTS") is { Length: > 0 } directory)
        {
            directory = Path.Combine(Root(), directory);
            Directory.CreateDirectory(directory);
            await File.WriteAllBytesAsync(Path.Combine(directory, $"{name}.png"), picture, Token);
        }
    }

    // The runner works in the directory of the test, the documented command at the root of the repository.
    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "CloudNative.Sdk.sln")))
        {
            at = at.Parent!;
        }

        return at.FullName;
    }

    public void Dispose()
    {
        if (_shop.IsValueCreated)
        {
            _shop.Value.Dispose();
        }
    }
}
