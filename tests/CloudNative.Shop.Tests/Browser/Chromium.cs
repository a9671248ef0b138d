using CloudNative.Shop.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace CloudNative.Shop.Tests.Browser;

/// <summary>
/// The browser of the tests: Debian's, started once when the first test asks for it, closed with the last. Nothing is downloaded.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Gives the browser; skips the test where there is none.</summary>
    public async Task<IBrowser> GetAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(File.Exists(Program), $"{Program} is missing; build/setup.sh installs it on Debian as root.");
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Program,
                Headless = true,
                Args =
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--font-render-hinting=none", "--force-color-profile=srgb",
                ],
            });
        }
        finally
        {
            _starting.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }
}
