using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Storage;
using CloudNative.Eventing;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;

namespace CloudNative.Embedded.Events;

/// <summary>
/// The log of this process's app. Nothing exists before it is asked for; when the file or the membership is lost a new session follows,
/// and the subscriptions join again.
/// </summary>
internal sealed class EventLog(LogContext context) : ISubscriptionKeeper, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan _rejoinPause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly OwnedTasks _tasks = new();
    private readonly HashSet<EventSubscription> _subscriptions = [];
    private LogSession? _session;
    private int _disposed;

    public LogContext Context => context;

    /// <summary>The session, when it is open and the membership that it belongs to stands.</summary>
    public LogSession? Session =>
        Volatile.Read(ref _session) is { } session && ReferenceEquals(session.Node, context.Node.Session) ? session : null;

    /// <summary>The session; opens it when there is none. Fails with what stands in the way, and may be asked again.</summary>
    public async ValueTask<LogSession> GetSessionAsync(CancellationToken cancellationToken)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_disposed == 1, this);
            var node = await context.Node.GetSessionAsync(cancellationToken).ConfigureAwait(false);
            if (Volatile.Read(ref _session) is { } current && ReferenceEquals(current.Node, node))
            {
                return current;
            }

            return await OpenAsync(node, cancellationToken).ConfigureAwait(false);
        }
        catch (EmbeddedStoreException exception)
        {
            throw new EventTransportException(exception.Message, exception);
        }
        catch (ObjectDisposedException exception)
        {
            throw new EventTransportException($"{Configuration.ErrorIds.StoreFailed} The event log is closed.", exception);
        }
    }

    /// <summary>Runs something on the session, with failures as the contract has them.</summary>
    public async Task<T> RunAsync<T>(Func<LogSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var session = await GetSessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work(session).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EmbeddedStoreException exception)
        {
            session.Look(exception);
            throw new EventTransportException(exception.Message, exception);
        }
    }

    public async Task<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken)
    {
        var subscription = new EventSubscription(this, spec, sink);
        await RunAsync(subscription.JoinAsync, cancellationToken).ConfigureAwait(false);
        lock (_subscriptions)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public Task<EventBacklog> ReadBacklogAsync(long group, CancellationToken cancellationToken) =>
        RunAsync(session => session.ReadAsync(tables => Backlog.Read(tables, group)), cancellationToken);

    public void Forget(EventSubscription subscription)
    {
        lock (_subscriptions)
        {
            _subscriptions.Remove(subscription);
        }
    }

    /// <summary>Joins again, for a subscription that was put out of its group.</summary>
    public void Rejoin(EventSubscription subscription) => _tasks.Add(RejoinAsync([subscription]));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _tasks.Add(CloseAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _tasks.WhenAllAsync().ConfigureAwait(false);
        _gate.Dispose();
        _stopping.Dispose();
    }

    private async Task<LogSession> OpenAsync(NodeSession node, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        LogSession? former;
        LogSession session;
        try
        {
            former = _session;
            if (former is not null && ReferenceEquals(former.Node, node))
            {
                return former;
            }

            session = await LogSession.OpenAsync(node, context, Lost, Troubled).ConfigureAwait(false);
            _session = session;
            ObjectDisposedException.ThrowIf(_disposed == 1, this);
        }
        finally
        {
            _gate.Release();
        }

        if (former is not null)
        {
            _tasks.Add(ReplaceAsync(former));
        }

        return session;
    }

    private void Lost(LogSession session)
    {
        if (_disposed == 0 && ReferenceEquals(Interlocked.CompareExchange(ref _session, null, session), session))
        {
            _tasks.Add(ReplaceAsync(session));
        }
    }

    private async Task ReplaceAsync(LogSession former)
    {
        EventSubscription[] subscriptions;
        lock (_subscriptions)
        {
            subscriptions = [.. _subscriptions];
        }

        Array.ForEach(subscriptions, subscription => subscription.Part(former));
        await former.DisposeAsync().ConfigureAwait(false);
        await RejoinAsync(subscriptions).ConfigureAwait(false);
    }

    private async Task RejoinAsync(EventSubscription[] subscriptions)
    {
        var left = subscriptions.ToList();
        while (left.Count > 0 && !_stopping.IsCancellationRequested)
        {
            try
            {
                await RunAsync(left[0].JoinAsync, _stopping.Token).ConfigureAwait(false);
                left.RemoveAt(0);
            }
            catch (EventTransportException exception)
            {
                Troubled(exception.Message);
                await Task.Delay(_rejoinPause, context.TimeProvider, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        if (subscriptions.Length > 0)
        {
            Troubled(null);
        }
    }

    private void Troubled(string? reason)
    {
        lock (_subscriptions)
        {
            foreach (var subscription in _subscriptions)
            {
                subscription.Tell(reason);
            }
        }
    }

    private async Task CloseAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        EventSubscription[] subscriptions;
        lock (_subscriptions)
        {
            subscriptions = [.. _subscriptions];
        }

        foreach (var subscription in subscriptions)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }

        if (Interlocked.Exchange(ref _session, null) is { } session)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }
}
