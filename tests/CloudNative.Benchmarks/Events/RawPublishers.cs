using System.Collections.Concurrent;
using RabbitMQ.Client;

namespace CloudNative.Benchmarks.Events;

/// <summary>The official client by hand: channels that confirm, lent to one publisher at a time.</summary>
internal sealed class RawPublishers : IAsyncDisposable
{
    private readonly string _exchange;
    private readonly ConcurrentBag<IChannel> _channels = [];

    private RawPublishers(string exchange) => _exchange = exchange;

    public static async Task<RawPublishers> OpenAsync(IConnection connection, string exchange, int count)
    {
        var publishers = new RawPublishers(exchange);
        var options = new CreateChannelOptions(
            publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true,
            outstandingPublisherConfirmationsRateLimiter: null);
        for (var number = 0; number < count; number++)
        {
            publishers._channels.Add(await connection.CreateChannelAsync(options));
        }

        return publishers;
    }

    /// <summary>Publishes a batch; completes when all of it is confirmed.</summary>
    public async Task PublishAsync(int batch, int bytes)
    {
        if (!_channels.TryTake(out var channel))
        {
            throw new InvalidOperationException("There are more publishers than channels.");
        }

        var confirms = new Task[batch];
        for (var number = 0; number < batch; number++)
        {
            var properties = new BasicProperties { Persistent = true, MessageId = Guid.CreateVersion7().ToString() };
            confirms[number] = channel.BasicPublishAsync(_exchange, "-", mandatory: true, properties, new byte[bytes]).AsTask();
        }

        await Task.WhenAll(confirms);
        _channels.Add(channel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            await channel.DisposeAsync();
        }
    }
}
