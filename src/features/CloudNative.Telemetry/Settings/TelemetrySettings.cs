using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Telemetry.Settings;

/// <summary>
/// The options as they were given, before validation: the log provider is built with the host, earlier than options are validated,
/// and a wrong value must be reported with all the others rather than thrown from there.
/// </summary>
internal sealed class TelemetrySettings
{
    public TelemetrySettings(
        IEnumerable<IConfigureOptions<TelemetryOptions>> configure,
        IEnumerable<IPostConfigureOptions<TelemetryOptions>> postConfigure,
        IEnumerable<IHostModeDetector> detectors,
        IConfiguration configuration)
    {
        Options = Read(configure, postConfigure);
        Exports = !IsDesignTime(detectors, configuration);
    }

    public TelemetryOptions Options { get; }

    /// <summary>False when a tool only looks at the service: nothing may leave the process then.</summary>
    public bool Exports { get; }

    public bool Collects(TelemetrySignal signal) => Options.Enabled && Of(signal).Enabled;

    public TelemetrySignalOptions Of(TelemetrySignal signal) => Of(Options, signal);

    public static TelemetrySignalOptions Of(TelemetryOptions options, TelemetrySignal signal) => signal switch
    {
        TelemetrySignal.Traces => options.Traces,
        TelemetrySignal.Metrics => options.Metrics,
        _ => options.Logs,
    };

    /// <summary>
    /// <see cref="IHostModeProvider"/> may look at the web server, which needs a logger, which is what is being built here. The
    /// detectors of the core look at the process only, and that is enough to know a tool.
    /// </summary>
    private static bool IsDesignTime(IEnumerable<IHostModeDetector> detectors, IConfiguration configuration) =>
        string.Equals(configuration["CloudNative:Hosting:Mode"], nameof(HostMode.DesignTime), StringComparison.OrdinalIgnoreCase)
        || detectors.Any(detector =>
            detector.GetType().Assembly == typeof(IHostModeDetector).Assembly && detector.Detect() == HostMode.DesignTime);

    private static TelemetryOptions Read(
        IEnumerable<IConfigureOptions<TelemetryOptions>> configure,
        IEnumerable<IPostConfigureOptions<TelemetryOptions>> postConfigure)
    {
        try
        {
            return new OptionsFactory<TelemetryOptions>(configure, postConfigure).Create(Microsoft.Extensions.Options.Options.DefaultName);
        }
        catch (InvalidOperationException)
        {
            // A value that cannot be bound ("Enabled": "maybe"): validation at start reports it and the host does not run.
            return new TelemetryOptions { Enabled = false };
        }
    }
}
