using System.Text.RegularExpressions;

namespace CloudNative.Configuration;

/// <summary>Reads the configuration binder's exception for a value that does not convert.</summary>
internal static partial class OptionsFailure
{
    public static bool IsConversion(Exception exception) =>
        exception is InvalidOperationException && Conversion().IsMatch(exception.Message);

    public static ConfigurationProblem Describe(Exception exception)
    {
        var match = Conversion().Match(exception.Message);
        return new ConfigurationProblem(
            "CN1004",
            match.Groups["key"].Value,
            match.Groups["value"].Success ? match.Groups["value"].Value : null,
            Allowed(match.Groups["type"].Value),
            "Correct the value, or remove the key for its default.");
    }

    // The text of the binder, reflection and generated: "Failed to convert configuration value 'x' at 'key' to type
    // 'type'."
    [GeneratedRegex(
        "convert configuration value (?:'(?<value>.*)' )?at '(?<key>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.Singleline)]
    private static partial Regex Conversion();

    private static string Allowed(string type) => type.Split('.')[^1] switch
    {
        "TimeSpan" => "a duration as [days.]hours:minutes:seconds, such as 00:00:10",
        "Boolean" => "true or false",
        "Int32" or "Int64" => "a whole number",
        "Double" or "Single" => "a number",
        var other => $"a {other}",
    };
}
