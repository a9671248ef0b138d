using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CloudNative.RabbitMq.Tests.Support;

/// <summary>The broker as anybody sees it who is not this package.</summary>
internal sealed class Raw : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly IConnection _connection;

    private Raw(IConnection connection, IChannel channel) => (_connection, Channel) = (connection, channel);

    public IChannel Channel { get; }

    public static async Task<Raw> ConnectAsync(Uri address)
    {
        var connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        return new Raw(connection, await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            TestContext.Current.CancellationToken));
    }

    /// <summary>Takes the next message out of a queue, waiting until there is one.</summary>
    public async Task<BasicGetResult> TakeAsync(string queue)
    {
        using var enough = new CancellationTokenSource(_patience, TimeProvider.System);
        while (true)
        {
            if (await Channel.BasicGetAsync(queue, autoAck: true, enough.Token) is { } message)
            {
                return message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, enough.Token);
        }
    }

    /// <summary>Reads the first entry of a stream, waiting until there is one; it stays there.</summary>
    public async Task<BasicDeliverEventArgs> FirstOfStreamAsync(string stream)
    {
        var first = new TaskCompletionSource<BasicDeliverEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var channel = await _connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, 1, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivered) =>
        {
            first.TrySetResult(new BasicDeliverEventArgs(
                delivered.ConsumerTag, delivered.DeliveryTag, delivered.Redelivered, delivered.Exchange, delivered.RoutingKey,
                new BasicProperties(delivered.BasicProperties), delivered.Body.ToArray()));
            return Task.CompletedTask;
        };
        var offset = new Dictionary<string, object?> { ["x-stream-offset"] = "first" };
        await channel.BasicConsumeAsync(stream, autoAck: false, string.Empty, noLocal: false, exclusive: false, offset, consumer);
        return await first.Task.WaitAsync(_patience, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
