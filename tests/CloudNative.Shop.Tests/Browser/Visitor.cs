using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CloudNative.Shop.Tests.Browser;

/// <summary>One visitor with a window of his own; keeps all that the browser complains about, violations of the policy included.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => Complaints.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<Visitor> ComeAsync(IBrowser browser, Uri shop, BrowserNewContextOptions options)
    {
        options.BaseURL = shop.ToString();
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Presses Tab until the element with this text has the focus, as somebody without a mouse does.</summary>
    public async Task TabToAsync(string text)
    {
        var seen = new List<string>();
        for (var presses = 0; presses < 60; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var focused = await Page.EvaluateAsync<string>("document.activeElement.textContent.trim() || document.activeElement.id");
            if (focused == text)
            {
                var outline = await Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle");
                Assert.Equal("solid", outline);
                return;
            }

            seen.Add(focused);
        }

        Assert.Fail($"'{text}' is not reached by Tab; these are: {string.Join(" | ", seen)}");
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
