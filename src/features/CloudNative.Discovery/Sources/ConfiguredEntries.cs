using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Discovery.Sources;

/// <summary>
/// Reads one service of the <c>Services</c> section: <c>&lt;scheme or endpoint name&gt;:&lt;n&gt;</c>, or a single
/// value in place of the list. Values are URIs, or <c>host:port</c> for any scheme; <c>default</c>, <c>http</c> and
/// <c>https</c> are unnamed endpoints.
/// </summary>
internal static class ConfiguredEntries
{
    private static readonly string[] BothSchemes = ["https", "http"];

    public static IEnumerable<ConfiguredEntry> Read(IConfigurationSection service)
    {
        foreach (var group in service.GetChildren())
        {
            // "Services:catalog:0" without a name in between is tolerated as an unnamed endpoint.
            // The command line of a test host gives "http" itself an empty value beside its list.
            var isList = string.IsNullOrEmpty(group.Value);
            var name = isList || !IsIndex(group.Key, out _) ? group.Key : "default";
            var values = isList ? group.GetChildren() : [group];
            foreach (var value in values)
            {
                // Read once: a section asks its configuration each time, which may have been reloaded since.
                var text = value.Value;
                if (!string.IsNullOrWhiteSpace(text))
                {
                    _ = IsIndex(value.Key, out var index);
                    yield return new ConfiguredEntry(value.Path, text, index, Parse(name, text));
                }
            }
        }
    }

    private static bool IsIndex(string key, out int index) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out index);

    private static IReadOnlyList<InstanceEndpoint> Parse(string group, string value)
    {
        var hasScheme = value.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? value : $"any://{value}", UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return [];
        }

        var groupScheme = Array.Find(BothSchemes, scheme => group.Equals(scheme, StringComparison.OrdinalIgnoreCase));
        var isUnnamed = groupScheme is not null || group.Equals("default", StringComparison.OrdinalIgnoreCase);
        var schemes = hasScheme ? [uri.Scheme] : groupScheme is not null ? [groupScheme] : BothSchemes;
        return [.. schemes.Select(scheme => new InstanceEndpoint(scheme, uri.IdnHost.Trim('[', ']'), PortOf(uri, scheme))
        {
            Name = isUnnamed ? null : group,
        })];
    }

    private static int PortOf(Uri uri, string scheme) =>
        uri.Port >= 0 ? uri.Port : scheme == "https" ? 443 : 80;
}
