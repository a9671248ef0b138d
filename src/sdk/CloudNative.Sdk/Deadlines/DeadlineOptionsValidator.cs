using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Deadlines;

internal sealed class DeadlineOptionsValidator : IValidateOptions<DeadlineOptions>
{
    private const string OutOfRange = "CN1032";

    public ValidateOptionsResult Validate(string? name, DeadlineOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            OutOfRange,
            $"{DeadlineOptions.SectionName}:{nameof(options.Maximum)}",
            options.Maximum,
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromDays(1));
        return problems.ToResult();
    }
}
