using System.Text.RegularExpressions;

namespace CloudNative.ArchitectureTests.Documents;

/// <summary>
/// Code in documents is cut from files that compile. In the document, above a code block:
/// <c>&lt;!-- snippet: path#name --&gt;</c>; in the file, around the lines: <c>// begin-snippet: name</c> and
/// <c>// end-snippet</c>. Without a name, the whole file.
/// </summary>
internal static partial class SnippetRules
{
    public static IEnumerable<string> Check(string path, string text, Func<string, string?> read)
    {
        foreach (Match use in Use().Matches(text))
        {
            var (file, name) = (use.Groups["file"].Value, use.Groups["name"].Value);
            if (Cut(read(file), name) is not { } code)
            {
                yield return $"{path}: there is no snippet {file}#{name}";
            }
            else if (use.Groups["code"].Value.TrimEnd() != code)
            {
                yield return $"{path}: the code differs from {file}#{name}; run ./build/docs.sh";
            }
        }
    }

    /// <summary>The document with its code blocks cut anew.</summary>
    public static string Update(string text, Func<string, string?> read) => Use().Replace(text, use =>
        Cut(read(use.Groups["file"].Value), use.Groups["name"].Value) is { } code
            ? use.Groups["head"].Value + code + "\n" + use.Groups["tail"].Value
            : use.Value);

    public static IEnumerable<string> Uses(string text) =>
        Use().Matches(text).Select(use => $"{use.Groups["file"].Value}#{use.Groups["name"].Value}");

    public static IEnumerable<string> Defines(string path, string text) =>
        Begin().Matches(text).Select(begin => $"{path}#{begin.Groups[1].Value}");

    private static string? Cut(string? file, string name)
    {
        if (file is null)
        {
            return null;
        }

        var lines = file.TrimEnd().Split('\n');
        if (name.Length > 0)
        {
            var begin = Array.FindIndex(lines, line => Begin().Match(line).Groups[1].Value == name);
            var end = begin < 0 ? -1 : Array.FindIndex(lines, begin, line => line.Trim() is "// end-snippet" or "# end-snippet");
            if (end < 0)
            {
                return null;
            }

            lines = lines[(begin + 1)..end];
        }

        var margin = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length < margin ? "" : line[margin..].TrimEnd()));
    }

    [GeneratedRegex(
        @"(?<head><!-- snippet: (?<file>[^\s#]+)#?(?<name>\S*) -->\n```[a-z]*\n)(?<code>.*?)(?<tail>```)",
        RegexOptions.Singleline)]
    private static partial Regex Use();

    [GeneratedRegex(@"^\s*(?://|#) begin-snippet: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Begin();
}
