using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Embedded.Configuration;

internal sealed class SqliteOutboxOptionsValidator : IValidateOptions<SqliteOutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteOutboxOptions options)
    {
        var problems = new ConfigurationProblems();
        if (!Enum.IsDefined(options.Provisioning))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(SqliteOutboxOptions.Provisioning)),
                options.Provisioning.ToString(),
                "Create or Validate",
                "Name one of the two, or remove the key to let the service create its tables.");
        }

        RequireRange(problems, nameof(SqliteOutboxOptions.PollInterval), options.PollInterval, 0.05, 60);
        RequireRange(problems, nameof(SqliteOutboxOptions.BusyTimeout), options.BusyTimeout, 1, 60);
        return problems.ToResult();
    }

    private static void RequireRange(
        ConfigurationProblems problems, string key, TimeSpan value, double minimumSeconds, double maximumSeconds) =>
        problems.RequireRange(
            ErrorIds.InvalidOption, Key(key), value, TimeSpan.FromSeconds(minimumSeconds), TimeSpan.FromSeconds(maximumSeconds));

    private static string Key(string key) => $"{SqliteOutboxOptions.SectionName}:{key}";
}
