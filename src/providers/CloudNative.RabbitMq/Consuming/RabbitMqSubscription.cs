using System.Collections.Concurrent;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Topology;
using Microsoft.Extensions.Logging;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>
/// This process's part in a group: a channel for each of its queues, opened again when one is gone.
/// Deliveries reach the sink through a
/// gate that lets as many through as were asked for.
/// </summary>
internal sealed partial class RabbitMqSubscription : IEventSubscription, IMessageReceiver
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly IDeliverySink _sink;
    private readonly SubscriptionServices _services;
    private readonly GroupQueues _queues;
    private readonly ILogger _logger;
    private readonly Action<RabbitMqSubscription> _whenEnded;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _work = new();
    private List<QueueChannel> _channels = [];
    private TaskCompletionSource<string> _broken = NewSignal();
    private Task _running = Task.CompletedTask;
    private bool _isStopped;
    private int _isDisposed;

    public RabbitMqSubscription(
        SubscriptionSpec spec, IDeliverySink sink, SubscriptionServices services, Action<RabbitMqSubscription> ended)
    {
        (Spec, _sink, _services, _logger, _whenEnded) = (spec, sink, services, services.Context.Logger, ended);
        _queues = new GroupQueues(spec, services.Context.Names);
    }

    public SubscriptionSpec Spec { get; }

    private TimeProvider Time => _services.Context.Time;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    public async ValueTask<EventBacklog> GetBacklogAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _services.Connection.GetAsync(cancellationToken).ConfigureAwait(false);
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (channel.ConfigureAwait(false))
            {
                var waiting = 0L;
                foreach (var queue in _queues.All)
                {
                    waiting += await channel.MessageCountAsync(queue.Name, cancellationToken).ConfigureAwait(false);
                }

                lock (_lock)
                {
                    var held = _channels.SelectMany(item => item.Loans).Concat(_waiting).ToList();
                    waiting += held.Count + _channels.Count(item => item.HoldsRetry);
                    return new EventBacklog(waiting, held.Count == 0 ? null : held.Min(delivery => delivery.Stored));
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw BrokerErrors.From(exception, _services.Context);
        }
    }

    public ValueTask StopAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _isDisposed) != 0 ? ValueTask.CompletedTask : new(StopAllAsync(cancellationToken));

    private async Task StopAllAsync(CancellationToken cancellationToken)
    {
        List<QueueChannel> channels;
        List<RabbitMqDelivery> undelivered;
        lock (_lock)
        {
            _isStopped = true;
            channels = [.. _channels];
            undelivered = [.. _waiting];
            _waiting.Clear();
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var delivery in undelivered)
        {
            if (delivery.TakeBack())
            {
                await GiveBackAsync(delivery).ConfigureAwait(false);
            }
        }

        foreach (var channel in channels)
        {
            await StopAsync(channel, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        try
        {
            await StopAllAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The broker is away: it takes everything back by itself.
        }

        List<QueueChannel> channels;
        List<RabbitMqDelivery> loans;
        lock (_lock)
        {
            channels = _channels;
            _channels = [];
            loans = [.. channels.SelectMany(channel => channel.Loans).Where(loan => loan.TakeBack()).OrderBy(loan => loan.Tag)];
        }

        foreach (var loan in loans)
        {
            await GiveBackAsync(loan).ConfigureAwait(false);
        }

        await Task.WhenAll(_work.Keys).ConfigureAwait(false);
        await CloseAsync(channels).ConfigureAwait(false);
        await DeleteBroadcastAsync().ConfigureAwait(false);
        _whenEnded(this);
        _stopping.Dispose();
    }

    private static TaskCompletionSource<string> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task CloseAsync(IEnumerable<QueueChannel> channels)
    {
        foreach (var channel in channels)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    // A partition goes to the next member when its consumer leaves, whatever is unsettled: so it leaves only
    // when nothing is.
    private async Task StopAsync(QueueChannel channel, CancellationToken cancellationToken)
    {
        bool isIdle, holdsRetry;
        lock (_lock)
        {
            (isIdle, holdsRetry) = (channel.Loans.Count == 0, channel.HoldsRetry);
        }

        try
        {
            if (!channel.Queue.IsPartition || (isIdle && !holdsRetry))
            {
                await channel.CancelAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (isIdle)
            {
                await channel.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It is gone, and nothing comes from it.
        }
    }

    private async Task DeleteBroadcastAsync()
    {
        if (!Spec.Broadcast)
        {
            return;
        }

        try
        {
            var connection = await _services.Connection.GetAsync(CancellationToken.None).ConfigureAwait(false);
            var channel = await connection.CreateChannelAsync().ConfigureAwait(false);
            await using (channel.ConfigureAwait(false))
            {
                foreach (var queue in _queues.All)
                {
                    await channel.QueueDeleteAsync(queue.Name, ifUnused: false, ifEmpty: false).ConfigureAwait(false);
                }
            }
        }
        catch (Exception)
        {
            // It expires by itself.
        }
    }
}
