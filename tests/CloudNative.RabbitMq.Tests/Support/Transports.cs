using System.Diagnostics.Metrics;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Telemetry;
using CloudNative.RabbitMq.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.RabbitMq.Tests.Support;

/// <summary>Makes transports as a service has them.</summary>
internal static class Transports
{
    private static readonly ICloudEventFormat _format = new ServiceCollection()
        .AddCloudNativeEventing().BuildServiceProvider().GetRequiredService<ICloudEventFormat>();

    public static RabbitMqEventTransport Create(
        Uri address, RabbitMqOptions? options = null, TimeProvider? time = null, IMeterFactory? meters = null) => new(
        new BrokerContext(
            new BrokerAddress(address, $"{address.Scheme}://{address.Host}:{address.Port}{address.AbsolutePath}"),
            options ?? new RabbitMqOptions(),
            _format,
            "tests",
            time ?? TimeProvider.System,
            new RabbitMqMetrics(meters),
            NullLogger.Instance));
}
