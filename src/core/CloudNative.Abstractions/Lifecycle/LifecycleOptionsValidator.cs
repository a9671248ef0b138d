using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Lifecycle;

internal sealed class LifecycleOptionsValidator : IValidateOptions<LifecycleOptions>
{
    private const string OutOfRange = "CN1001";
    private static readonly TimeSpan LongestPropagation = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, LifecycleOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            OutOfRange,
            $"{LifecycleOptions.SectionName}:{nameof(LifecycleOptions.PropagationTimeout)}",
            options.PropagationTimeout,
            TimeSpan.Zero,
            LongestPropagation);
        problems.RequireRange(
            OutOfRange,
            $"{LifecycleOptions.SectionName}:{nameof(LifecycleOptions.DrainTimeout)}",
            options.DrainTimeout,
            TimeSpan.Zero,
            LongestDrain);
        return problems.ToResult();
    }
}
