using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudNative.ArchitectureTests.Options;

/// <summary>A user finds each key in the README's table and gets it completed by the JSON schema.</summary>
internal static class OptionsRules
{
    public static IEnumerable<string> CheckReadme(string readme, string package, string section, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            // | `Advertise:Host` | …, or with more of the path before it.
            var row = new Regex($@"^\|[^|]*`([A-Za-z:<>*]+:)?{Regex.Escape(key)}`", RegexOptions.Multiline);
            if (!row.IsMatch(readme))
            {
                yield return $"{package}/README.md: no row for `{key}` ({section}:{key})";
            }
        }
    }

    public static IEnumerable<string> CheckSchema(string schema, string package, string section, IEnumerable<string> keys)
    {
        using var document = JsonDocument.Parse(schema);
        var properties = section.Split(':').Aggregate((JsonElement?)document.RootElement, Property);
        foreach (var key in keys)
        {
            if (key.Split(':').Aggregate(properties, Property) is not { } found)
            {
                yield return $"{package}/ConfigurationSchema.json: {section}:{key} is missing";
            }
            else if (!found.TryGetProperty("description", out _))
            {
                yield return $"{package}/ConfigurationSchema.json: {section}:{key} has no description";
            }
        }
    }

    private static JsonElement? Property(JsonElement? parent, string name) =>
        parent is { } element && element.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var found)
            ? found
            : null;
}
