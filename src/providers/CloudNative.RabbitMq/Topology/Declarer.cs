using CloudNative.RabbitMq.Connecting;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Topology;

/// <summary>
/// Declares, or looks whether it is declared. A broker closes the channel with each refusal, so a look that
/// may fail gets a channel of
/// its own.
/// </summary>
internal sealed class Declarer(IConnection connection, bool creates, CancellationToken cancellationToken) : IAsyncDisposable
{
    private IChannel? _channel;

    public IConnection Connection => connection;

    public async Task ExchangeAsync(string name, string type, string? alternate = null)
    {
        var arguments = new Dictionary<string, object?>();
        if (alternate is not null)
        {
            arguments["alternate-exchange"] = alternate;
        }

        if (!creates)
        {
            await (await OpenAsync().ConfigureAwait(false)).ExchangeDeclarePassiveAsync(name, cancellationToken).ConfigureAwait(false);
        }

        await CompareAsync(channel => channel.ExchangeDeclareAsync(
            name, type, durable: true, autoDelete: false, arguments, cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    public async Task QueueAsync(string name, Dictionary<string, object?> arguments)
    {
        if (!creates)
        {
            await (await OpenAsync().ConfigureAwait(false)).QueueDeclarePassiveAsync(name, cancellationToken).ConfigureAwait(false);
        }

        await CompareAsync(channel => channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken))
            .ConfigureAwait(false);
    }

    // AMQP has no way to look whether a binding is there.
    public async Task BindQueueAsync(string queue, string exchange, string pattern)
    {
        if (creates)
        {
            await (await OpenAsync().ConfigureAwait(false)).QueueBindAsync(
                queue, exchange, pattern, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task BindExchangeAsync(string destination, string source, string pattern)
    {
        if (creates)
        {
            await (await OpenAsync().ConfigureAwait(false)).ExchangeBindAsync(
                destination, source, pattern, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<bool> IsThereAsync(string queue)
    {
        try
        {
            await (await OpenAsync().ConfigureAwait(false)).QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (BrokerErrors.IsNotFound(exception))
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
        {
            await _channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Declaring what is there compares it with what is asked for, and changes nothing. Who may not declare
    // cannot compare.
    private async Task CompareAsync(Func<IChannel, Task> declare)
    {
        try
        {
            await declare(await OpenAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception exception) when (!creates && BrokerErrors.IsRefused(exception))
        {
            // It is there; that is all that can be known.
        }
    }

    private async ValueTask<IChannel> OpenAsync()
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }

        await DisposeAsync().ConfigureAwait(false);
        _channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return _channel;
    }
}
