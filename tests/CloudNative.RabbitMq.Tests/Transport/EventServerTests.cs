using CloudNative.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.RabbitMq.Tests.Transport;

/// <summary>What documents tell of the broker: never who signs in, and nothing is connected.</summary>
public sealed class EventServerTests
{
    [Theory]
    [InlineData("amqps://shop:s3cret@broker:5671/orders", "amqps", "broker:5671", "/orders")]
    [InlineData("amqp://shop:s3cret@broker", "amqp", "broker", null)]
    [InlineData("amqp://[::1]:5672/", "amqp", "[::1]:5672", null)]
    [InlineData(null, "amqp", "localhost:5672", null)]
    public async Task FindServer_OfAnAddress_HasNoSecrets(string? address, string protocol, string host, string? path)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:rabbitmq", address)]);
        builder.Services.AddLogging().AddCloudNativeRabbitMq();
        await using var services = builder.Services.BuildServiceProvider();

        var transport = services.GetRequiredKeyedService<IEventTransport>(RabbitMqProvider.Name);

        var expected = new EventServer(protocol, host) { PathName = path, ProtocolVersion = "0-9-1" };
        Assert.Equal(expected, Assert.IsAssignableFrom<IEventServerSource>(transport).FindServer());
    }
}
