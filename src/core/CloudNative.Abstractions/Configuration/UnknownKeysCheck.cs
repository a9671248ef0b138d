using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CloudNative.Configuration;

/// <summary>
/// Finds keys below <c>CloudNative</c> that no package of this host understands (decision 6): in a known section that
/// is an error; a section of a package that is not installed is a warning.
/// </summary>
internal sealed partial class UnknownKeysCheck(
    IConfiguration configuration,
    IEnumerable<ConfigurationKeys> declared,
    ILogger<UnknownKeysCheck> logger) : IConfigurationCheck
{
    internal const string Root = "CloudNative";
    private const string Id = "CN1002";

    // A section of a feature that is not installed; anything else of that name would be somebody's own.
    private static readonly string[] Family =
    [
        "Discovery", "Leases", "Clients", "Http", "Health", "Telemetry", "Gateway", "Embedded", "Events", "Secrets",
        "Identity", "Security", "Functions", "EventSourcing", "Grpc", "Configuration", "Consul", "Kubernetes", "Dapr",
        "RabbitMq", "PostgreSql", "Redis", "EntraId", "EntityFrameworkCore", "Insights", "Dashboard",
    ];

    private readonly ILookup<string, KeyPattern> _known = declared
        .SelectMany(keys => keys.Keys.Select(key => (keys.Section, Pattern: new KeyPattern(key))))
        .ToLookup(pair => pair.Section, pair => pair.Pattern, StringComparer.OrdinalIgnoreCase);

    public void Check(ConfigurationProblems problems)
    {
        foreach (var section in configuration.GetSection(Root).GetChildren())
        {
            if (_known.Contains(section.Key))
            {
                CheckKeys(section, [.. _known[section.Key]], problems);
            }
            else
            {
                CheckSection(section, problems);
            }
        }
    }

    private static void CheckKeys(IConfigurationSection section, KeyPattern[] known, ConfigurationProblems problems)
    {
        foreach (var (path, value) in Leaves(section, []))
        {
            if (known.Any(pattern => pattern.Matches(path)))
            {
                continue;
            }

            var key = string.Join(':', path);
            var nearest = known.Select(pattern => pattern.Complete(path))
                .MinBy(text => EditDistance.Between(text, key));
            problems.Add(
                Id,
                $"{section.Path}:{key}",
                value,
                string.Join(", ", known.Select(pattern => pattern.Text).Order(StringComparer.Ordinal)),
                $"Nothing reads this key. Did you mean {section.Path}:{nearest}?");
        }
    }

    private static IEnumerable<(string[] Path, string Value)> Leaves(IConfigurationSection section, string[] path)
    {
        foreach (var child in section.GetChildren())
        {
            string[] below = [.. path, child.Key];
            if (child.Value is { Length: > 0 } value)
            {
                yield return (below, value);
            }

            foreach (var leaf in Leaves(child, below))
            {
                yield return leaf;
            }
        }
    }

    private void CheckSection(IConfigurationSection section, ConfigurationProblems problems)
    {
        if (Family.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
        {
            LogAbsent(section.Path);
            return;
        }

        var nearest = _known.Select(group => group.Key).Concat(Family)
            .MinBy(name => EditDistance.Between(name, section.Key));
        if (nearest is null || !EditDistance.IsNear(nearest, section.Key))
        {
            LogUnknown(section.Path);
            return;
        }

        problems.Add(
            Id,
            section.Path,
            section.Value ?? "(a section)",
            string.Join(", ", _known.Select(group => group.Key).Order(StringComparer.Ordinal)),
            $"Nothing reads this section. Did you mean {Root}:{nearest}?");
    }

    [LoggerMessage(
        1, LogLevel.Warning, "{Section} is set, but the package that reads it is not installed; it has no effect.")]
    private partial void LogAbsent(string section);

    [LoggerMessage(2, LogLevel.Warning, "{Section} is set, but nothing installed reads it; it has no effect.")]
    private partial void LogUnknown(string section);
}
