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

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Fields();
}
