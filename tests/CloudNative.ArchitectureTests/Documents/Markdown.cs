using System.Text.RegularExpressions;

namespace CloudNative.ArchitectureTests.Documents;

/// <summary>What the rules read out of a markdown file.</summary>
internal static partial class Markdown
{
    /// <summary>Targets of links and images outside code, with their lines.</summary>
    public static IEnumerable<(int Line, string Target)> Links(string text)
    {
        var isCode = false;
        foreach (var (line, at) in text.Split('\n').Select((line, at) => (line, at + 1)))
        {
            if (line.TrimStart().Begins("```"))
            {
                isCode = !isCode;
            }
            else if (!isCode)
            {
                foreach (Match link in Link().Matches(InlineCode().Replace(line, "")))
                {
                    yield return (at, link.Groups[1].Value);
                }
            }
        }
    }

    /// <summary>The anchors that headings make, by GitHub's rule.</summary>
    public static IEnumerable<string> Anchors(string text) =>
        from line in text.Split('\n')
        where line.StartsWith('#')
        let words = string.Concat(line.TrimStart('#').Trim().ToLowerInvariant()
            .Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_'))
        select words.Replace(' ', '-');

    [GeneratedRegex(@"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}
