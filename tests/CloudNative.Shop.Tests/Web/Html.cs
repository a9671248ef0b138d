using System.Net;
using System.Text.RegularExpressions;

namespace CloudNative.Shop.Tests.Web;

/// <summary>Reads forms out of a page, as a browser without script would send them.</summary>
internal static partial class Html
{
    /// <summary>The hidden fields of the first form with this action.</summary>
    public static List<KeyValuePair<string, string>> Form(string page, string action)
    {
        var form = Forms().Matches(page).First(match => match.Value.Contains($"action=\"{action}\"", StringComparison.Ordinal)).Value;
        return
        [
            .. Fields().Matches(form).Select(match =>
                KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value))),
        ];
    }

    /// <summary>The element with this id, from its tag to the next list item, section or end of list.</summary>
    public static string Part(string page, string id)
    {
        var start = page.IndexOf($" id=\"{id}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is nothing with the id '{id}'.");
        var section = page.IndexOf("</section>", start, StringComparison.Ordinal);
        var item = page.IndexOf("</li>", start, StringComparison.Ordinal);
        return WebUtility.HtmlDecode(page[start..(item >= 0 && item < section ? item : section)]).ReplaceLineEndings("\n");
    }

    /// <summary>Reads a stream of events up to a text.</summary>
    public static async Task ReadUntilAsync(StreamReader lines, string text, CancellationToken cancellationToken)
    {
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The stream ended before '{text}' came.");
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Fields();
}
