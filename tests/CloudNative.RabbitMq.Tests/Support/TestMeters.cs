using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CloudNative.RabbitMq.Tests.Support;

/// <summary>Meters of one test, apart from those of others that run beside it.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(this, RabbitMqTelemetryNames.Meter, instrument);

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
