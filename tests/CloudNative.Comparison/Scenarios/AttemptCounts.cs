using System.Diagnostics.Metrics;
using CloudNative.Http;

namespace CloudNative.Comparison.Scenarios;

/// <summary>Counts attempts by what became of them, as a dashboard would.</summary>
internal sealed class AttemptCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _all;
    private long _refused;

    public AttemptCounts(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == HttpTelemetryNames.Attempts && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    public long All => Interlocked.Read(ref _all);

    public long Refused => Interlocked.Read(ref _refused);

    public void Reset()
    {
        Interlocked.Exchange(ref _all, 0);
        Interlocked.Exchange(ref _refused, 0);
    }

    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        Interlocked.Add(ref _all, value);
        foreach (var (name, tag) in tags)
        {
            if (name == HttpTelemetryNames.Outcome && tag is "connect_failure")
            {
                Interlocked.Add(ref _refused, value);
            }
        }
    }
}
