using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Configuration;

/// <summary>Checks <see cref="EventingOptions"/>; finds everything at once.</summary>
internal sealed class EventingOptionsValidator : IValidateOptions<EventingOptions>
{
    private const string Section = EventingOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, EventingOptions options)
    {
        var problems = new ConfigurationProblems();
        var (shortest, longest) = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        CheckConcurrency($"{Section}:Concurrency", options.Concurrency, problems);
        problems.RequireRange(ErrorIds.InvalidOption, $"{Section}:LeaseDuration", options.LeaseDuration, shortest, longest);
        problems.RequireRange(ErrorIds.InvalidOption, $"{Section}:BacklogInterval", options.BacklogInterval, shortest, longest);
        RetryRules.Check($"{Section}:Retry", options.Retry, problems);
        foreach (var (group, own) in options.Groups)
        {
            if (own.Concurrency is { } limit)
            {
                CheckConcurrency($"{Section}:Groups:{group}:Concurrency", limit, problems);
            }

            if (own.Retry is { } retry)
            {
                RetryRules.Check($"{Section}:Groups:{group}:Retry", retry, problems);
            }
        }

        return problems.ToResult();
    }

    /// <summary>Also for what code says.</summary>
    public static void CheckConcurrency(string key, int limit, ConfigurationProblems problems) =>
        problems.RequireRange(ErrorIds.InvalidOption, key, limit, 1, 10_000);
}
