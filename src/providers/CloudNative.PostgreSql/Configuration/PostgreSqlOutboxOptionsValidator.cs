using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.PostgreSql.Configuration;

internal sealed class PostgreSqlOutboxOptionsValidator : IValidateOptions<PostgreSqlOutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgreSqlOutboxOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            ErrorIds.InvalidOption,
            $"{PostgreSqlOutboxOptions.SectionName}:{nameof(options.PollInterval)}",
            options.PollInterval,
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromMinutes(1));
        return problems.ToResult();
    }
}
