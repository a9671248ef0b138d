using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Configuration;

/// <summary>Checks <see cref="EventOutboxOptions"/>.</summary>
internal sealed class EventOutboxOptionsValidator : IValidateOptions<EventOutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, EventOutboxOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            ErrorIds.InvalidOption,
            $"{EventOutboxOptions.SectionName}:{nameof(EventOutboxOptions.MaxBackoff)}",
            options.MaxBackoff,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromMinutes(10));
        problems.RequireRange(
            ErrorIds.InvalidOption,
            $"{EventOutboxOptions.SectionName}:{nameof(EventOutboxOptions.DegradedAfter)}",
            options.DegradedAfter,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromDays(1));
        return problems.ToResult();
    }
}
