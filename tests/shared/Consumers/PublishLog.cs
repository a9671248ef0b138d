using System.Text.RegularExpressions;

namespace CloudNative.Consumers;

/// <summary>Reads what a publish printed.</summary>
internal static partial class PublishLog
{
    /// <summary>Warnings of the trimmer and the ahead-of-time compiler, each once.</summary>
    public static IReadOnlyList<string> Warnings(string output) =>
        [.. Warning().Matches(output).Select(match => match.Value.Trim()).Distinct()];

    [GeneratedRegex(@"^.*\bwarning (IL|NETSDK|MSB|CS|CA|SYSLIB)\d+.*$", RegexOptions.Multiline)]
    private static partial Regex Warning();
}
