using CloudNative.AppModel.Reading;

namespace CloudNative.AppModel.Yaml;

/// <summary>Finds the tabs behind a syntax error, because a parser's words for them help nobody.</summary>
internal static class TabIndentation
{
    public static bool Report(string text, ProblemList problems)
    {
        var found = false;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indent = line[..(line.Length - line.TrimStart().Length)];
            var tab = indent.IndexOf('\t');
            if (tab >= 0 && indent.Length < line.Length)
            {
                found = true;
                problems.Add(ProblemIds.Syntax, new Position(number, tab + 1), "The line is indented with a tab.",
                    "spaces", "Replace each tab by two spaces.");
            }
        }

        return found;
    }
}
