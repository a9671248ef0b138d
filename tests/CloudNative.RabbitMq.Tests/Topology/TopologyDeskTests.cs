using System.Net;
using System.Net.Sockets;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Support;

namespace CloudNative.RabbitMq.Tests.Topology;

public sealed class TopologyDeskTests(RabbitMqServer server)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_QueueOfOtherKind_SaysTheDifferenceAndTheCure()
    {
        var vhost = await server.CreateVhostAsync();
        await using var raw = await Raw.ConnectAsync(server.Address(vhost));
        await raw.Channel.QueueDeclareAsync(
            "cn/orders/mail", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancelled);
        var exception = await RefusedAsync(server.Address(vhost), new RabbitMqOptions());
        Assert.StartsWith("CN4307", exception.Message, StringComparison.Ordinal);
        Assert.Contains("inequivalent arg '", exception.Message, StringComparison.Ordinal);
        Assert.Contains("queue 'cn/orders/mail'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("rabbitmqctl delete_queue", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_WithoutTheRight_NamesItAndTheCommand()
    {
        var vhost = await server.CreateVhostAsync();
        await server.ControlAsync("add_user", vhost, "secret");
        await server.ControlAsync("set_permissions", "--vhost", vhost, vhost, "^$", ".*", ".*");
        var exception = await RefusedAsync(server.Address(vhost, vhost, "secret"), new RabbitMqOptions());
        Assert.StartsWith("CN4303", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"rabbitmqctl set_permissions -p '{vhost}' '{vhost}'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_WrongPassword_SaysSo()
    {
        var vhost = await server.CreateVhostAsync();
        var exception = await RefusedAsync(server.Address(vhost, "nobody", "wrong-one"), new RabbitMqOptions());
        Assert.StartsWith("CN4303", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_NobodyListens_SaysWhatTheSocketSaid()
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Taken, so that nobody else listens there either.
        var port = ((IPEndPoint)nobody.LocalEndPoint!).Port;

        var exception = await RefusedAsync(new Uri($"amqp://127.0.0.1:{port}/"), new RabbitMqOptions());

        Assert.StartsWith("CN4302", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Connection refused", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_NoSuchVhost_SaysSo()
    {
        await server.StartAsync();
        var exception = await RefusedAsync(server.Address("nowhere"), new RabbitMqOptions());
        Assert.StartsWith("CN4303", exception.Message, StringComparison.Ordinal);
        Assert.Contains("rabbitmqctl add_vhost 'nowhere'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_VhostIsFull_NamesTheLimit()
    {
        var vhost = await server.CreateVhostAsync();
        await server.ControlAsync("set_vhost_limits", "--vhost", vhost, """{"max-queues": 1}""");
        var exception = await RefusedAsync(server.Address(vhost), new RabbitMqOptions());
        Assert.StartsWith("CN4303", exception.Message, StringComparison.Ordinal);
        Assert.Contains("set_vhost_limits", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_NothingThere_RefusesAndMakesNothing()
    {
        var address = server.Address(await server.CreateVhostAsync());
        var options = new RabbitMqOptions { Provision = RabbitMqProvisioning.Validate };
        Assert.StartsWith("CN4308", (await RefusedAsync(address, options)).Message, StringComparison.Ordinal);
        Assert.StartsWith("CN4308", (await RefusedAsync(address, options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RabbitMqProvisioning.Validate)]
    [InlineData(RabbitMqProvisioning.Never)]
    public async Task NotCreating_MadeByOthers_Works(RabbitMqProvisioning provision)
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using (var maker = Transports.Create(address))
        {
            await maker.SubscribeAsync(Sample.Spec, new Sink(), Cancelled);
        }

        await using var transport = Transports.Create(address, new RabbitMqOptions { Provision = provision });
        var sink = new Sink();
        await transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await transport.AppendAsync([Sample.Event("1")], Cancelled);
        Assert.Equal("1", (await sink.NextAsync()).Event.Id);
    }

    [Fact]
    public async Task Validate_QueueOfOtherKind_SaysTheDifference()
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using (var maker = Transports.Create(address))
        {
            await maker.SubscribeAsync(Sample.Spec, new Sink(), Cancelled);
        }

        await using var raw = await Raw.ConnectAsync(address);
        await raw.Channel.QueueDeleteAsync("cn/orders/mail", ifUnused: false, ifEmpty: false, cancellationToken: Cancelled);
        await raw.Channel.QueueDeclareAsync(
            "cn/orders/mail", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancelled);
        var exception = await RefusedAsync(address, new RabbitMqOptions { Provision = RabbitMqProvisioning.Validate });
        Assert.StartsWith("CN4307", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_OrderingChanged_IsRefused()
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using var transport = Transports.Create(address);
        await transport.SubscribeAsync(Sample.Ordered, new Sink(), Cancelled);
        Assert.StartsWith("CN4309", (await RefusedAsync(address, new RabbitMqOptions())).Message, StringComparison.Ordinal);
    }

    private static async Task<EventTransportException> RefusedAsync(Uri address, RabbitMqOptions options)
    {
        await using var transport = Transports.Create(address, options);
        return await Assert.ThrowsAsync<EventTransportException>(
            () => transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled).AsTask());
    }
}
