using CloudNative.RabbitMq.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>
/// A channel that consumes one queue. When it goes, the broker gives everything that it held to others.
/// </summary>
internal sealed class QueueChannel : AsyncDefaultBasicConsumer, IAsyncDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private readonly IMessageReceiver _receiver;
    private string? _tag;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isEnded;

    private QueueChannel(IChannel channel, GroupQueue queue, IMessageReceiver receiver)
        : base(channel)
    {
        (Queue, _receiver) = (queue, receiver);
        Lost = _lost.Token;
    }

    public GroupQueue Queue { get; }

    /// <summary>Cancelled when what it delivered is no longer this process's.</summary>
    public CancellationToken Lost { get; }

    /// <summary>What it has delivered to the sink and is not settled. Guarded by the subscription's lock.</summary>
    public HashSet<RabbitMqDelivery> Loans { get; } = [];

    /// <summary>
    /// Whether an event of an ordered group waits here for another attempt. Guarded by the subscription's
    /// lock.
    /// </summary>
    public bool HoldsRetry { get; set; }

    /// <summary>
    /// Whether it gives its partition to another member once nothing is on loan. Guarded by the
    /// subscription's lock.
    /// </summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether it was told to bring nothing more. Guarded by the subscription's lock.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>
    /// Whether it is about to close, and what still comes is not handled. Guarded by the subscription's lock.
    /// </summary>
    public bool IsClosing { get; set; }

    /// <summary>Whether something came since this was last looked at.</summary>
    public bool WasBusy { get; set; }

    public static async Task<QueueChannel> OpenAsync(
        IConnection connection, GroupQueue queue, int prefetch, IMessageReceiver receiver, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var consumer = new QueueChannel(channel, queue, receiver);
        try
        {
            await channel.BasicQosAsync(0, (ushort)Math.Min(prefetch, ushort.MaxValue), global: false, cancellationToken)
                .ConfigureAwait(false);
            consumer._tag = await channel.BasicConsumeAsync(queue.Name, autoAck: false, consumer, cancellationToken)
                .ConfigureAwait(false);
            return consumer;
        }
        catch (Exception)
        {
            await consumer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes nothing more; what was delivered can be settled.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _tag, null) is { } tag && Channel.IsOpen)
        {
            await Channel.BasicCancelAsync(tag, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says that a message is done with.</summary>
    /// <returns>Whether the channel was still there to say it on.</returns>
    public Task<bool> AckAsync(ulong tag) => SayAsync(() => Channel.BasicAckAsync(tag, multiple: false));

    /// <summary>Gives a message back, to be delivered again; the broker counts that.</summary>
    public Task<bool> ReturnAsync(ulong tag) => SayAsync(() => Channel.BasicNackAsync(tag, multiple: false, requeue: true));

    public override Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default) =>
        _receiver.ReceiveAsync(this, new ReceivedMessage(deliveryTag, exchange, properties, body.ToArray()));

    // The queue was deleted, or its leader is gone.
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _receiver.Ended(this, $"queue '{Queue.Name}' was deleted or moved");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override async Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        await LoseAsync().ConfigureAwait(false);
        _receiver.Ended(this, reason.ReplyText);
        await base.HandleChannelShutdownAsync(channel, reason).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await LoseAsync().ConfigureAwait(false);
        try
        {
            await Channel.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It was broken already; the broker has taken everything back.
        }

        _lost.Dispose();
    }

    private async Task LoseAsync()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            _receiver.TakeBack(this);
            await _lost.CancelAsync().ConfigureAwait(false);
            _ended.TrySetResult();
        }

        await _ended.Task.ConfigureAwait(false);
    }

    private async Task<bool> SayAsync(Func<ValueTask> say)
    {
        if (!Channel.IsOpen)
        {
            return false;
        }

        try
        {
            await say().ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // It went in this moment: the message will be delivered again.
            return false;
        }
    }
}
