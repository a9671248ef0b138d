using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CloudNative.Shop.Tests.Web;

/// <summary>What a page must be beyond looking right: well-formed by the HTML standard's own parser, and usable by everybody.</summary>
internal static class HtmlRules
{
    private const string Fields = "input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea";
    private static readonly string[] _references = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];

    /// <summary>Reads a page strictly.</summary>
    /// <exception cref="HtmlParseException">It is not well-formed.</exception>
    public static IHtmlDocument Parse(string page) => new HtmlParser(new HtmlParserOptions
    {
        IsStrictMode = true,
        IsKeepingSourceReferences = true,
    }).ParseDocument(page);

    /// <summary>What is wrong with a page, in words; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(IHtmlDocument page) =>
    [
        .. Whole(page),
        .. page.All.Where(element => element.HasAttribute("id")).GroupBy(element => element.Id)
            .Where(group => group.Count() > 1 || string.IsNullOrEmpty(group.Key)).Select(group => $"The id '{group.Key}' is not unique."),
        .. page.QuerySelectorAll(Fields).Where(field => Name(page, field).Length == 0).Select(field => $"No label: {field.OuterHtml}"),
        .. page.QuerySelectorAll("button, a[href]").Where(element => !IsHidden(element) && Name(page, element).Length == 0)
            .Select(element => $"No name: {element.OuterHtml}"),
        .. page.QuerySelectorAll("img:not([alt])").Select(image => $"No alt: {image.OuterHtml}"),
        .. page.QuerySelectorAll("ul > :not(li), ol > :not(li), dl > :not(div):not(dt):not(dd)")
            .Select(element => $"Not an item of a list: {element.OuterHtml}"),
        .. page.QuerySelectorAll("a a, a button, button a, button button, label label")
            .Select(element => $"One control in another: {element.OuterHtml}"),
        .. page.QuerySelectorAll("[style], script:not([src])").Select(element => $"Inline, which the policy forbids: {element.OuterHtml}"),
        .. References(page),
        .. Headings(page),
    ];

    private static IEnumerable<string> Whole(IHtmlDocument page)
    {
        if (page.Doctype is null)
        {
            yield return "No doctype.";
        }

        if (string.IsNullOrWhiteSpace(page.DocumentElement.GetAttribute("lang")))
        {
            yield return "No language.";
        }

        if (string.IsNullOrWhiteSpace(page.Title))
        {
            yield return "No title.";
        }

        foreach (var once in new[] { "h1", "main", "meta[charset]", "meta[name=viewport]" })
        {
            if (page.QuerySelectorAll(once).Length is var count and not 1)
            {
                yield return $"{count} of {once}.";
            }
        }
    }

    private static IEnumerable<string> References(IHtmlDocument page) =>
        from attribute in _references
        from element in page.QuerySelectorAll($"[{attribute}]")
        from id in element.GetAttribute(attribute)!.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where page.GetElementById(id) is null
        select $"{attribute}=\"{id}\" points nowhere.";

    // https://www.w3.org/WAI/tutorials/page-structure/headings/: a rank is not passed over on the way down.
    private static IEnumerable<string> Headings(IHtmlDocument page)
    {
        var above = 0;
        foreach (var heading in page.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
        {
            var rank = heading.LocalName[1] - '0';
            if (rank > above + 1)
            {
                yield return $"A rank is passed over: {heading.OuterHtml}";
            }

            above = rank;
        }
    }

    // Neither read aloud nor reached by keyboard: https://www.w3.org/WAI/standards-guidelines/act/rules/c487ae/ asks nothing of it.
    private static bool IsHidden(IElement element) =>
        element.GetAttribute("tabindex") == "-1" && element.Closest("[aria-hidden=true]") is not null;

    private static string Name(IHtmlDocument page, IElement element)
    {
        var labels = element is IHtmlElement && element.Id is { Length: > 0 } id
            ? page.QuerySelectorAll("label").Where(label => label.GetAttribute("for") == id).Select(label => label.TextContent)
            : [];
        var references = (element.GetAttribute("aria-labelledby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(reference => page.GetElementById(reference)?.TextContent);
        return string.Concat(
            [
                element.GetAttribute("aria-label"), element.Closest("label")?.TextContent, .. labels, .. references,
                element.LocalName is "button" or "a" ? element.TextContent : null,
            ]).Trim();
    }
}
