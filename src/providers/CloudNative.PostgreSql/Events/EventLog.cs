using CloudNative.Eventing;
using CloudNative.PostgreSql.Configuration;
using CloudNative.PostgreSql.Databases;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;

namespace CloudNative.PostgreSql.Events;

/// <summary>The log in this process. Nothing is connected before it is asked for.</summary>
internal sealed class EventLog(LogContext context) : ISubscriptionKeeper, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan _rejoinPause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly OwnedTasks _tasks = new();
    private readonly HashSet<EventSubscription> _subscriptions = [];
    private LogSession? _session;
    private int _disposed;

    /// <summary>The session, when it is open.</summary>
    public LogSession? Session => Volatile.Read(ref _session);

    /// <summary>Where the log is; see <see cref="IEventServerSource"/>.</summary>
    public EventServer? FindServer() => context.Database.FindServer();

    /// <summary>The session; opens it when there is none. Fails with what stands in the way, and may be asked again.</summary>
    /// <exception cref="EventTransportException">It cannot be opened.</exception>
    public async ValueTask<LogSession> GetSessionAsync(CancellationToken cancellationToken)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_disposed == 1, this);
            return Session ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LogFailure exception)
        {
            throw new EventTransportException(exception.Message, exception);
        }
        catch (ObjectDisposedException exception)
        {
            throw new EventTransportException($"{ErrorIds.Failed} The event log is closed.", exception);
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
        catch (LogFailure exception)
        {
            throw new EventTransportException(exception.Message, exception);
        }
    }

    public async Task<IEventSubscription> SubscribeAsync(SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken)
    {
        var subscription = new EventSubscription(this, spec, sink);
        await RunAsync(subscription.JoinAsync, cancellationToken).ConfigureAwait(false);
        lock (_subscriptions)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public void Forget(EventSubscription subscription)
    {
        lock (_subscriptions)
        {
            _subscriptions.Remove(subscription);
        }
    }

    public void Rejoin(EventSubscription subscription) => _tasks.Add(RejoinAsync(subscription));

    public Task<EventBacklog> ReadBacklogAsync(long group, CancellationToken cancellationToken) =>
        RunAsync(session => session.ReadAsync(tables => Backlog.Read(tables, group)), cancellationToken);

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

    private async Task<LogSession> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_session is { } open)
            {
                return open;
            }

            var clock = new ServerClock(context.TimeProvider);
            var connection = await context.Database.OpenAsync(EventTables.Set, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await clock.AskAsync(connection, cancellationToken).ConfigureAwait(false);
            }

            ObjectDisposedException.ThrowIf(_disposed == 1, this);
            var session = new LogSession(context, clock, Troubled);
            Volatile.Write(ref _session, session);
            return session;
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            throw context.Database.Translate(exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RejoinAsync(EventSubscription subscription)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await RunAsync(subscription.JoinAsync, _stopping.Token).ConfigureAwait(false);
                subscription.Tell(null);
                return;
            }
            catch (EventTransportException exception)
            {
                subscription.Tell(exception.Message);
                await Task.Delay(_rejoinPause, context.TimeProvider, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
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
