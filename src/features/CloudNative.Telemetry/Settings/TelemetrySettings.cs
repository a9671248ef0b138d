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
        IHostModeProvider? mode = null)
    {
        Options = Read(configure, postConfigure);
        Exports = mode?.Mode is not HostMode.DesignTime;
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
