using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.LoadShedding;

internal sealed class LoadSheddingOptionsValidator : IValidateOptions<LoadSheddingOptions>
{
    private const string OutOfRange = "CN1033";

    public ValidateOptionsResult Validate(string? name, LoadSheddingOptions options)
    {
        var problems = new ConfigurationProblems();
        Require(nameof(options.MinimumConcurrency), options.MinimumConcurrency, 1, 10_000);
        Require(nameof(options.QueueTime), options.QueueTime, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        Require(nameof(options.QueueLength), options.QueueLength, 0, 1_000_000);
        return problems.ToResult();

        void Require<T>(string key, T value, T minimum, T maximum)
            where T : IComparable<T> =>
            problems.RequireRange(OutOfRange, $"{LoadSheddingOptions.SectionName}:{key}", value, minimum, maximum);
    }
}
