using CloudNative.Eventing;
using CloudNative.RabbitMq.Messages;
using CloudNative.RabbitMq.Telemetry;
using CloudNative.RabbitMq.Topology;
using Microsoft.Extensions.Logging;

namespace CloudNative.RabbitMq.Connecting;

/// <summary>What the parts of the transport share.</summary>
/// <param name="Address">Where the broker is.</param>
/// <param name="Options">How it is used.</param>
/// <param name="Format">Reads structured CloudEvents; <see langword="null"/> where nobody registered one.</param>
/// <param name="Service">The name of this service, shown among the broker's connections.</param>
/// <param name="Time">The clock.</param>
/// <param name="Metrics">The instruments.</param>
/// <param name="Logger">The log.</param>
internal sealed record BrokerContext(
    BrokerAddress Address,
    RabbitMqOptions Options,
    ICloudEventFormat? Format,
    string Service,
    TimeProvider Time,
    RabbitMqMetrics Metrics,
    ILogger Logger)
{
    public Names Names { get; } = new(Options.Prefix);

    public TopicFormats Formats { get; } = new(Options);
}
