using CloudNative.Telemetry.Settings;

namespace CloudNative.Telemetry.Export;

/// <summary>What was decided for each signal, for the lines at start. Thread-safe.</summary>
internal sealed class ExportPlan
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries.OrderBy(entry => entry.Signal)];
            }
        }
    }

    public void Add(TelemetrySignal signal, OtlpTarget target, string? owner)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(signal, target, owner));
        }
    }

    /// <summary>One signal.</summary>
    /// <param name="Signal">The signal.</param>
    /// <param name="Target">Where it would go.</param>
    /// <param name="Owner">Who exports it instead, or null when we do.</param>
    internal sealed record Entry(TelemetrySignal Signal, OtlpTarget Target, string? Owner);
}
