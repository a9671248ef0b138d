using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>Names of apps and services are DNS labels (RFC 1123, 2.1), so that they work as host names everywhere.</summary>
internal static class Names
{
    public static void Check(YamlScalar name, string what, ProblemList problems)
    {
        if (!IsDnsLabel(name.Value))
        {
            problems.Add(ProblemIds.BadName, name.At, $"The {what} is named {name.Kind}.",
                "lower-case letters, digits and dashes, first and last no dash, at most 63", Cure(name.Value));
        }
    }

    private static bool IsDnsLabel(string name) =>
        name.Length is > 0 and <= 63 && name[0] != '-' && name[^1] != '-'
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Cure(string name)
    {
        var cleaned = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        return IsDnsLabel(cleaned) ? $"Write '{cleaned}'." : "Choose another name.";
    }
}
