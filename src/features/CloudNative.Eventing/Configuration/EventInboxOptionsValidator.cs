using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Configuration;

/// <summary>Checks <see cref="EventInboxOptions"/>.</summary>
internal sealed class EventInboxOptionsValidator : IValidateOptions<EventInboxOptions>
{
    private static readonly TimeSpan _longest = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, EventInboxOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            ErrorIds.InvalidOption,
            $"{EventInboxOptions.SectionName}:{nameof(EventInboxOptions.Retention)}",
            options.Retention,
            TimeSpan.FromHours(1),
            _longest);
        problems.RequireRange(
            ErrorIds.InvalidOption,
            $"{EventInboxOptions.SectionName}:{nameof(EventInboxOptions.SweepInterval)}",
            options.SweepInterval,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromDays(1));
        return problems.ToResult();
    }
}
