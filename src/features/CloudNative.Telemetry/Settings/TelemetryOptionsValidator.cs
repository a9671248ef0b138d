using CloudNative.Configuration;
using CloudNative.Telemetry.Export;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Telemetry.Settings;

/// <summary>Checks the keys of this package and the standard variables for the same, since both decide where telemetry goes.</summary>
internal sealed class TelemetryOptionsValidator(IConfiguration configuration) : IValidateOptions<TelemetryOptions>
{
    private static readonly TelemetrySignal[] Signals =
        [TelemetrySignal.Traces, TelemetrySignal.Metrics, TelemetrySignal.Logs];

    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            TelemetryErrors.Timeout,
            $"{TelemetryOptions.SectionName}:Otlp:Timeout",
            options.Otlp.Timeout,
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromMinutes(10));
        if (!options.Enabled)
        {
            return problems.ToResult();
        }

        // The same variable serves several signals; what is wrong with it is said once.
        var reader = new OtlpTargetReader(configuration, options.Otlp);
        var found = Signals
            .Where(signal => TelemetrySettings.Of(options, signal) is { Enabled: true, Export: true })
            .SelectMany(signal => reader.Read(signal).Problems)
            .Distinct();
        foreach (var problem in found)
        {
            problems.Add(problem);
        }

        return problems.ToResult();
    }
}
