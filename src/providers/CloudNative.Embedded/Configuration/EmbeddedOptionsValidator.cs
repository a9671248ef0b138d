using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Embedded.Configuration;

internal sealed class EmbeddedOptionsValidator : IValidateOptions<EmbeddedOptions>
{
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
        return problems.ToResult();
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
