using System.Diagnostics.Metrics;

namespace CloudNative.RabbitMq.Telemetry;

/// <summary>The instruments of this package.</summary>
internal sealed class RabbitMqMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<int> _connections;
    private readonly UpDownCounter<int> _blocked;
    private readonly Counter<long> _resent;

    public RabbitMqMetrics(IMeterFactory? meterFactory = null)
    {
        _meter = meterFactory?.Create(RabbitMqTelemetryNames.Meter) ?? new Meter(RabbitMqTelemetryNames.Meter);
        _connections = _meter.CreateCounter<int>(RabbitMqTelemetryNames.Connections, "{connection}", "Connections opened.");
        _blocked = _meter.CreateUpDownCounter<int>(
            RabbitMqTelemetryNames.Blocked, "{connection}", "Connections on which the broker takes nothing now.");
        _resent = _meter.CreateCounter<long>(
            RabbitMqTelemetryNames.Resent, "{message}", "Messages sent again, since their channel went before they were confirmed.");
    }

    public void ConnectionOpened(string purpose) => _connections.Add(1, Purpose(purpose));

    public void Blocked(string purpose) => _blocked.Add(1, Purpose(purpose));

    public void Unblocked(string purpose) => _blocked.Add(-1, Purpose(purpose));

    public void Resent(int count) => _resent.Add(count);

    // A meter of a factory lives as long as the factory; disposing it here as well is harmless.
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Purpose(string purpose) => new(RabbitMqTelemetryNames.PurposeAttribute, purpose);
}
