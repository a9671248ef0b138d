using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Local.Running;

/// <summary>Checks the options and lists all that is wrong.</summary>
internal sealed class LocalAppOptionsValidator : IValidateOptions<LocalAppOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalAppOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(ErrorIds.Option, Key(nameof(options.ReadyTimeout)), options.ReadyTimeout,
            TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        problems.RequireRange(ErrorIds.Option, Key(nameof(options.StopTimeout)), options.StopTimeout,
            TimeSpan.Zero, TimeSpan.FromMinutes(5));
        if (string.IsNullOrWhiteSpace(options.Configuration))
        {
            problems.Add(ErrorIds.Option, Key(nameof(options.Configuration)), options.Configuration,
                "a build configuration such as Debug", "Name one, or remove the key for Debug.");
        }

        return problems.ToResult();
    }

    private static string Key(string property) => $"{LocalAppOptions.SectionName}:{property}";
}
