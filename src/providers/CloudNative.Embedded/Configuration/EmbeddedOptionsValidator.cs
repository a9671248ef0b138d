using System.Globalization;
using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Embedded.Configuration;

internal sealed class EmbeddedOptionsValidator : IValidateOptions<EmbeddedOptions>
{
    private const long SmallestLog = 16L * 1024 * 1024;
    private const long LargestLog = 1L << 40;
    private const double LongestRetention = 3650.0 * 24 * 60 * 60;

    public ValidateOptionsResult Validate(string? name, EmbeddedOptions options)
    {
        var problems = new ConfigurationProblems();
        if (options.DataDirectory is { } directory && !IsPath(directory))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{EmbeddedOptions.SectionName}:{nameof(EmbeddedOptions.DataDirectory)}",
                directory,
                "the path of a directory on a local disk",
                "Name a directory, or remove the key to use the one below your local application data.");
        }

        RequireRange(problems, nameof(EmbeddedOptions.PollInterval), options.PollInterval, 0.1, 5);
        RequireRange(problems, nameof(EmbeddedOptions.BusyTimeout), options.BusyTimeout, 1, 60);
        RequireEvents(problems, options.Events);
        return problems.ToResult();
    }

    private static void RequireEvents(ConfigurationProblems problems, EmbeddedEventsOptions events)
    {
        const string section = $"{EmbeddedOptions.SectionName}:{nameof(EmbeddedOptions.Events)}";
        RequireRange(problems, $"{nameof(EmbeddedOptions.Events)}:{nameof(events.Retention)}", events.Retention, 60, LongestRetention);
        if (!Enum.IsDefined(events.Durability))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{section}:{nameof(events.Durability)}",
                events.Durability.ToString(),
                $"{nameof(EventDurability.Full)} or {nameof(EventDurability.Normal)}",
                "Remove the key to have published events on the disk.");
        }

        if (events.MaxSize is < SmallestLog or > LargestLog)
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{section}:{nameof(events.MaxSize)}",
                events.MaxSize.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{SmallestLog} to {LargestLog} bytes"),
                "Remove the key to use 4 GiB.");
        }
    }

    private static void RequireRange(
        ConfigurationProblems problems, string key, TimeSpan value, double minimumSeconds, double maximumSeconds) =>
        problems.RequireRange(
            ErrorIds.InvalidOption,
            $"{EmbeddedOptions.SectionName}:{key}",
            value,
            TimeSpan.FromSeconds(minimumSeconds),
            TimeSpan.FromSeconds(maximumSeconds));

    private static bool IsPath(string directory) =>
        !string.IsNullOrWhiteSpace(directory) && directory.AsSpan().IndexOfAny(Path.GetInvalidPathChars()) < 0;
}
