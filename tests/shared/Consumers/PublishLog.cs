using System.Text.RegularExpressions;

namespace CloudNative.Consumers;

/// <summary>Reads what a publish printed.</summary>
internal static partial class PublishLog
{
    /// <summary>Fails with every warning of the compilers and the trimmer, each once.</summary>
    public static void AssertNoWarnings(string output)
    {
        var warnings = Warning().Matches(output).Select(match => match.Value.Trim()).Distinct().ToList();
        Assert.True(warnings.Count == 0, string.Join(Environment.NewLine, warnings));
    }

    [GeneratedRegex(@"^.*\bwarning (IL|NETSDK|MSB|CS|CA|CN|SYSLIB)\d+.*$", RegexOptions.Multiline)]
    private static partial Regex Warning();
}
