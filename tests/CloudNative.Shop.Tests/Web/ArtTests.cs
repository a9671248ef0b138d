using System.Net;
using System.Xml.Linq;
using CloudNative.Shop.Tests.Ordering;

namespace CloudNative.Shop.Tests.Web;

public sealed class ArtTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("books")]
    [InlineData("stationery")]
    [InlineData("games")]
    [InlineData("coffeetea")]
    [InlineData("kitchen")]
    [InlineData("home")]
    [InlineData("garden")]
    [InlineData("outdoor")]
    [InlineData("tools")]
    [InlineData("a-shelf-nobody-drew")]
    public async Task Get_Picture_IsSvgThatIsTheSameForTheSameIdAndNeverHoldsIt(string shelf)
    {
        using var app = new WebApp(() => new BrokenCatalog(), () => new BrokenCatalog());
        using var browser = app.CreateBrowser();
        var pictures = new HashSet<string>();

        for (var id = 0; id < 25; id++)
        {
            var address = $"/art/{shelf}/{WebUtility.UrlEncode($"\"/><script>{id}")}.svg";
            using var answer = await browser.GetAsync(address, Token);
            var picture = await answer.Content.ReadAsStringAsync(Token);

            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
            Assert.DoesNotContain(XDocument.Parse(picture).Descendants(), element => element.Name.LocalName == "script");
            Assert.Equal(picture, await browser.GetStringAsync(address, Token));
            pictures.Add(picture);
        }

        Assert.True(pictures.Count >= 20, $"{pictures.Count} of 25 pictures differ.");
    }
}
