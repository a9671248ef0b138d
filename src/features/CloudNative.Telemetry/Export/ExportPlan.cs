using CloudNative.Telemetry.Settings;

namespace CloudNative.Telemetry.Export;

/// <summary>What was decided for each signal, for the lines at start. Thread-safe.</summary>
internal sealed class ExportPlan
{
    private readonly Lock _lock = new();
    private readonly List<ExportPlanEntry> _entries = [];

    public IReadOnlyList<ExportPlanEntry> Entries
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
            _entries.Add(new ExportPlanEntry(signal, target, owner));
        }
    }
}
