using Microsoft.Playwright;

namespace CloudNative.Shop.Tests.Browser;

/// <summary>What holds for every page, measured in the browser.</summary>
internal static class PageChecks
{
    // https://www.w3.org/TR/WCAG22/#contrast-minimum: 4.5, and 3 for text from 24 px, or from 18.66 px when bold.
    private const string Contrast =
        """
        () => {
          const pixel = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
          const canvas = pixel.getContext('2d', { willReadFrequently: true });
          const rgba = colour => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const luminance = ([r, g, b]) => [r, g, b].map(value => value / 255)
            .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
            .reduce((sum, value, at) => sum + value * [.2126, .7152, .0722][at], 0);
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = rgba(getComputedStyle(at).backgroundColor);
              if (colour[3] === 255) return colour;
            }
            return [255, 255, 255, 255];
          };
          const poor = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim()) continue;
            if (element.closest('.hidden, .skip, noscript, script, [disabled], [aria-disabled]')) continue;
            if (element.getClientRects().length === 0) continue;
            const style = getComputedStyle(element);
            const [one, other] = [luminance(rgba(style.color)), luminance(behind(element))];
            const ratio = (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
            const size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            if (ratio < (large ? 3 : 4.5)) poor.push(`${ratio.toFixed(2)} "${walker.currentNode.data.trim()}" ${style.color}`);
          }
          return poor;
        }
        """;

    private const string Overflow =
        """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
          [...document.querySelectorAll('main *, header *')].filter(element => element.getBoundingClientRect().right > innerWidth + 1)
            .map(element => `${element.tagName}.${element.className}`).concat(`${document.documentElement.scrollWidth} wide`)
        """;

    private const string Shift =
        """
        () => new Promise(resolve => {
          let sum = 0;
          new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
            .observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
        })
        """;

    private const string Unnamed =
        """
        () => [...document.querySelectorAll('a, button, input:not([type=hidden])')]
          .filter(element => !(element.textContent.trim() || element.getAttribute('aria-label') || element.labels?.length
            || element.closest('[aria-hidden]')))
          .map(element => element.outerHTML)
        """;

    public static async Task HoldAsync(IPage page)
    {
        Assert.Empty(await page.EvaluateAsync<string[]>(Overflow));
        Assert.Empty(await page.EvaluateAsync<string[]>(Contrast));
        Assert.Empty(await page.EvaluateAsync<string[]>(Unnamed));
        Assert.InRange(await page.EvaluateAsync<double>(Shift), 0, 0.01);
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.Equal(1, await page.Locator("main").CountAsync());
    }
}
