using CloudNative.Telemetry.Settings;

namespace CloudNative.Telemetry.Export;

/// <summary>
/// Knows for which signals the service makes OTLP exporters itself. A provider and its exporters are made on one thread, between
/// <see cref="Enter"/> and <see cref="Leave"/>; an exporter that asks for its options in between belongs to that provider's signal.
/// </summary>
internal sealed class ExporterWatch : IDisposable
{
    private readonly ThreadLocal<TelemetrySignal> _current = new();
    private volatile bool _traces;
    private volatile bool _logs;

    /// <summary>A provider of the signal is about to be built on this thread.</summary>
    /// <param name="signal">The signal.</param>
    /// <returns>What <see cref="Leave"/> restores: building one provider may need another.</returns>
    public TelemetrySignal Enter(TelemetrySignal signal)
    {
        var outer = _current.Value;
        _current.Value = signal;
        return outer;
    }

    public void Leave(TelemetrySignal outer) => _current.Value = outer;

    /// <summary>Somebody asked for the options of an OTLP exporter.</summary>
    public void Note()
    {
        switch (_current.Value)
        {
            case TelemetrySignal.Traces:
                _traces = true;
                break;
            case TelemetrySignal.Logs:
                _logs = true;
                break;
            default:
                break;
        }
    }

    public bool Saw(TelemetrySignal signal) => signal switch
    {
        TelemetrySignal.Traces => _traces,
        TelemetrySignal.Logs => _logs,
        _ => false,
    };

    public void Dispose() => _current.Dispose();
}
