using System.Buffers;
using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Health.Evaluation;

internal sealed class HealthOptionsValidator : IValidateOptions<HealthOptions>
{
    private const string TimeOutOfRange = "CN5001";
    private const string PortOutOfRange = "CN5002";
    private const string BadPath = "CN5003";
    private static readonly SearchValues<char> Reserved = SearchValues.Create("{}?#* ");

    public ValidateOptionsResult Validate(string? name, HealthOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            TimeOutOfRange,
            Key(nameof(options.Interval)),
            options.Interval,
            TimeSpan.FromMilliseconds(100),
            TimeSpan.FromHours(1));
        problems.RequireRange(
            TimeOutOfRange,
            Key(nameof(options.CheckTimeout)),
            options.CheckTimeout,
            TimeSpan.FromMilliseconds(10),
            TimeSpan.FromMinutes(5));
        if (options.Port is { } port)
        {
            problems.RequireRange(PortOutOfRange, Key(nameof(options.Port)), port, 1, 65535);
        }

        CheckPaths(options.Paths, problems);
        return problems.ToResult();
    }

    private static void CheckPaths(HealthPaths paths, ConfigurationProblems problems)
    {
        (string Name, string Path)[] all =
        [
            (nameof(paths.Startup), paths.Startup),
            (nameof(paths.Ready), paths.Ready),
            (nameof(paths.Live), paths.Live),
        ];
        foreach (var (name, path) in all)
        {
            var key = Key($"{nameof(HealthOptions.Paths)}:{name}");
            if (path is not ['/', _, ..] || path.AsSpan().ContainsAny(Reserved))
            {
                problems.Add(
                    BadPath,
                    key,
                    path,
                    "a path that starts with '/', without parameters, query or spaces",
                    "Write it as /health/ready.");
            }
            else if (all.Count(other => string.Equals(other.Path, path, StringComparison.OrdinalIgnoreCase)) > 1)
            {
                problems.Add(
                    BadPath, key, path, "a path of its own for each probe", "Give each probe a path that no other has.");
            }
        }
    }

    private static string Key(string property) => $"{HealthOptions.SectionName}:{property}";
}
