using System.Threading.Channels;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>
/// Reads a stream forward (https://www.rabbitmq.com/docs/streams#consuming). Reading takes nothing away: what is
/// acknowledged is only the credit for more, which also bounds what is held here.
/// </summary>
internal sealed class StreamReading : AsyncDefaultBasicConsumer, IAsyncDisposable
{
    private const ushort Credit = 64;
    private const string OffsetName = "x-stream-offset";

    private readonly Channel<(StreamRecord Record, ulong Tag)> _arrived =
        System.Threading.Channels.Channel.CreateUnbounded<(StreamRecord, ulong)>();

    private readonly BrokerContext _context;
    private readonly bool _withBodies;
    private string _tag = string.Empty;
    private int _taken;

    private StreamReading(IChannel channel, BrokerContext context, bool withBodies)
        : base(channel) => (_context, _withBodies) = (context, withBodies);

    /// <summary>Begins to read at a place; at the first that is still there when that one is not.</summary>
    public static Task<StreamReading> OpenAsync(
        IConnection connection, BrokerContext context, long from, bool withBodies, CancellationToken cancellationToken) =>
        OpenAsync(connection, context, from, withBodies, Credit, cancellationToken);

    /// <summary>The last entry; waits for one where there is none.</summary>
    public static async Task<StreamRecord> FindEndAsync(
        IConnection connection, BrokerContext context, CancellationToken cancellationToken)
    {
        // The last piece that was written comes as a whole, before the answer to the end of the reading.
        var reading = await OpenAsync(connection, context, "last", withBodies: false, ushort.MaxValue, cancellationToken)
            .ConfigureAwait(false);
        await using (reading.ConfigureAwait(false))
        {
            var end = await reading.NextAsync(cancellationToken).ConfigureAwait(false);
            await reading.Channel.BasicCancelAsync(reading._tag, cancellationToken: cancellationToken).ConfigureAwait(false);
            await foreach (var (record, _) in reading._arrived.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                end = record;
            }

            return end;
        }
    }

    /// <summary>The next entry; waits for it.</summary>
    /// <exception cref="EventTransportException">It does not come in time.</exception>
    public async ValueTask<StreamRecord> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_arrived.Reader.TryRead(out var arrived))
            {
                arrived = await _arrived.Reader.ReadAsync(cancellationToken).AsTask()
                    .WaitAsync(_context.Options.PublishTimeout, _context.Time, cancellationToken).ConfigureAwait(false);
            }

            if (++_taken % (Credit / 2) == 0)
            {
                await Channel.BasicAckAsync(arrived.Tag, multiple: true, cancellationToken).ConfigureAwait(false);
            }

            return arrived.Record;
        }
        catch (ChannelClosedException exception)
        {
            throw new EventTransportException(
                $"{ErrorIds.NotReachable} RabbitMQ at {_context.Address.Shown} ended the reading of the dead letters: "
                + $"{exception.InnerException?.Message ?? "their stream was deleted or moved"}. Ask again.",
                exception);
        }
        catch (TimeoutException exception)
        {
            throw new EventTransportException(
                $"{ErrorIds.NotReachable} RabbitMQ at {_context.Address.Shown} brought nothing of the stream "
                + $"'{_context.Names.DeadLetters}' within CloudNative:RabbitMq:PublishTimeout "
                + $"({_context.Options.PublishTimeout}). See whether most of its members are there (rabbitmq-streams "
                + "stream_status), and ask again.",
                exception);
        }
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        if (properties.Headers?.TryGetValue(OffsetName, out var value) == true && value is long offset)
        {
            _arrived.Writer.TryWrite((new StreamRecord(offset, properties, _withBodies ? body.ToArray() : []), deliveryTag));
        }

        return Task.CompletedTask;
    }

    public override Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _arrived.Writer.TryComplete();
        return base.HandleBasicCancelOkAsync(consumerTag, cancellationToken);
    }

    // The stream was deleted, or its replica here is gone.
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _arrived.Writer.TryComplete();
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _arrived.Writer.TryComplete(new InvalidOperationException(reason.ReplyText));
        return base.HandleChannelShutdownAsync(channel, reason);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Channel.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It was broken already.
        }
    }

    private static async Task<StreamReading> OpenAsync(
        IConnection connection,
        BrokerContext context,
        object from,
        bool withBodies,
        ushort credit,
        CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var reading = new StreamReading(channel, context, withBodies);
        try
        {
            await channel.BasicQosAsync(0, credit, global: false, cancellationToken).ConfigureAwait(false);
            reading._tag = await channel.BasicConsumeAsync(
                context.Names.DeadLetters,
                autoAck: false,
                consumerTag: string.Empty,
                noLocal: false,
                exclusive: false,
                new Dictionary<string, object?> { [OffsetName] = from },
                reading,
                cancellationToken).ConfigureAwait(false);
            return reading;
        }
        catch (Exception)
        {
            await reading.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
