using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.EntityFrameworkCore.Configuration;

internal sealed class EntityFrameworkOutboxOptionsValidator : IValidateOptions<EntityFrameworkOutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, EntityFrameworkOutboxOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            ErrorIds.InvalidOption,
            $"{EntityFrameworkOutboxOptions.SectionName}:{nameof(options.PollInterval)}",
            options.PollInterval,
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromMinutes(1));
        problems.RequireRange(
            ErrorIds.InvalidOption,
            $"{EntityFrameworkOutboxOptions.SectionName}:{nameof(options.TakeOverAfter)}",
            options.TakeOverAfter,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromMinutes(5));
        return problems.ToResult();
    }
}
