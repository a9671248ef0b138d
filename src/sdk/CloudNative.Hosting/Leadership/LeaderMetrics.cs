using System.Diagnostics.Metrics;

namespace CloudNative.Hosting.Leadership;

/// <summary>The instruments of leader election.</summary>
internal sealed class LeaderMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly UpDownCounter<int> _active;
    private readonly Counter<int> _ended;

    public LeaderMetrics(IMeterFactory? meterFactory = null)
    {
        _meter = meterFactory?.Create(LeaderTelemetryNames.Meter) ?? new Meter(LeaderTelemetryNames.Meter);
        _active = _meter.CreateUpDownCounter<int>(
            LeaderTelemetryNames.Active, "{leader}", "1 in the process that leads, 0 in others.");
        _ended = _meter.CreateCounter<int>(LeaderTelemetryNames.Ended, "{leadership}", "Leaderships that ended, by how.");
    }

    public void Leads(string lease) => _active.Add(1, Name(lease));

    public void Ended(string lease, string reason)
    {
        _active.Add(-1, Name(lease));
        _ended.Add(1, Name(lease), new(LeaderTelemetryNames.ReasonAttribute, reason));
    }

    // A meter of a factory lives as long as the factory; disposing it here as well is harmless.
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Name(string lease) => new(LeaderTelemetryNames.NameAttribute, lease);
}
