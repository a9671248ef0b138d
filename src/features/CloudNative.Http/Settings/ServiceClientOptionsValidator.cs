using CloudNative.Configuration;
using CloudNative.Discovery;
using Microsoft.Extensions.Options;

namespace CloudNative.Http.Settings;

internal sealed class ServiceClientOptionsValidator(LoadBalancers balancers) : IValidateOptions<ServiceClientOptions>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    public ValidateOptionsResult Validate(string? name, ServiceClientOptions options)
    {
        var problems = new ConfigurationProblems();
        Check(SectionOf(name), options, balancers, problems);
        return problems.ToResult();
    }

    internal static string SectionOf(string? name) => string.IsNullOrEmpty(name)
        ? ServiceHttpOptions.SectionName
        : $"{ServiceClientOptions.ClientsSectionName}:{name}";

    internal static void Check(
        string section, ServiceClientOptions options, LoadBalancers balancers, ConfigurationProblems problems)
    {
        var retry = options.Retry;
        Require("Timeout", options.Timeout, Millisecond, Day);
        Require("AttemptTimeout", options.AttemptTimeout, Millisecond, Day);
        Require("ConnectTimeout", options.ConnectTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        Require("WaitForEndpoint", options.WaitForEndpoint, TimeSpan.Zero, Day);
        Require("Retry:MaxAttempts", retry.MaxAttempts, 1, 10);
        Require("Retry:Delay", retry.Delay, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Require("Retry:MaxDelay", retry.MaxDelay, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Require("Retry:BufferLimit", retry.BufferLimit, 0, 16 * 1024 * 1024);
        Require("Retry:BudgetReserve", retry.BudgetReserve, 0, 1000);
        // NaN compares as smaller than any limit, so it is refused too.
        Require("Retry:BudgetRatio", retry.BudgetRatio, 0, 1);
        Require("Hedging:Percentile", options.Hedging.Percentile, 0.5, 0.999);
        Require("Hedging:MinDelay", options.Hedging.MinDelay, Millisecond, TimeSpan.FromMinutes(1));
        Require("Hedging:BudgetRatio", options.Hedging.BudgetRatio, 0, 1);
        Require("ConcurrencyLimit:Minimum", options.ConcurrencyLimit.Minimum, 1, 10_000);
        Require("ConcurrencyLimit:Maximum", options.ConcurrencyLimit.Maximum, 1, 100_000);
        Require("ConcurrencyLimit:LatencyTolerance", options.ConcurrencyLimit.LatencyTolerance, 1.1, 100);
        balancers.Check($"{section}:{nameof(ServiceClientOptions.LoadBalancing)}", options.LoadBalancing, problems);

        void Require<T>(string key, T value, T minimum, T maximum)
            where T : IComparable<T> =>
            problems.RequireRange(HttpProblems.OutOfRange, $"{section}:{key}", value, minimum, maximum);
    }
}
