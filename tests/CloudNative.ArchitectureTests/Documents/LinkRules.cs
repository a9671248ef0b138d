namespace CloudNative.ArchitectureTests.Documents;

/// <summary>Relative links lead somewhere.</summary>
internal static class LinkRules
{
    public static IEnumerable<string> Check(string path, string text, Func<string, bool> exists, Func<string, string> read)
    {
        foreach (var (line, target) in Markdown.Links(text))
        {
            if (target.Has("://") || target.Begins("mailto:"))
            {
                continue;
            }

            var parts = target.Split('#', 2);
            var file = parts[0].Length == 0 ? path : Resolve(path, Uri.UnescapeDataString(parts[0]));
            if (!exists(file))
            {
                yield return $"{path}({line}): {target} leads nowhere";
            }
            else if (parts.Length == 2 && file.Ends(".md") && !Markdown.Anchors(read(file)).Contains(parts[1]))
            {
                yield return $"{path}({line}): {target}: no such heading";
            }
        }
    }

    private static string Resolve(string from, string target)
    {
        var root = Path.GetFullPath("/");
        var folder = Path.GetDirectoryName(from) ?? "";
        return Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, folder, target))).Replace('\\', '/');
    }
}
