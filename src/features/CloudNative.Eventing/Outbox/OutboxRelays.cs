using CloudNative.Lifecycle;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Outbox;

/// <summary>
/// The relays of all outboxes of the service. They run while the service does, and are counted by tests that wait for what is under way.
/// </summary>
internal sealed class OutboxRelays : ILifecycleParticipant, IPendingEvents, IAsyncDisposable, IDisposable
{
    private readonly OutboxRelay[] _relays;
    private readonly OutboxMetrics _metrics;

    public OutboxRelays(
        IEnumerable<IOutboxStore> stores,
        OutboxMover mover,
        IOptions<EventOutboxOptions> options,
        OutboxMetrics metrics,
        TimeProvider time,
        ILogger<OutboxRelay> logger)
    {
        _metrics = metrics;
        _relays = [.. stores.Select(store => new OutboxRelay(store, mover, options.Value, metrics, time, logger))];
    }

    public IReadOnlyList<OutboxRelay> All => _relays;

    public string Name => _relays.Length == 1 ? $"outbox of {_relays[0].Name}" : "outboxes";

    public ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        if (_relays.Length > 0)
        {
            _metrics.Observe(_relays);
        }

        foreach (var relay in _relays)
        {
            relay.Start();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken) => new(TimeSpan.Zero);

    // While the transport cannot be reached nobody waits for it: the events are safe where they are.
    public async ValueTask DrainAsync(CancellationToken cancellationToken) => await Task
        .WhenAll(_relays.Select(relay => relay.DrainAsync(cancellationToken)))
        .ConfigureAwait(false);

    /// <summary>Ends all relays, when nobody is left who enqueues.</summary>
    public Task EndAsync() => Task.WhenAll(_relays.Select(relay => relay.EndAsync()));

    public async ValueTask<PendingEvents> CountAsync(CancellationToken cancellationToken)
    {
        var (ready, version) = (0L, 0L);
        foreach (var relay in _relays)
        {
            var backlog = await relay.GetBacklogAsync(cancellationToken).ConfigureAwait(false);
            (ready, version) = (ready + backlog.Waiting, version + backlog.Version);
        }

        return new PendingEvents(ready, Scheduled: 0, version);
    }

    public async ValueTask WhenNoneReadyAsync(CancellationToken cancellationToken)
    {
        foreach (var relay in _relays)
        {
            await relay.EmptyAsync(cancellationToken).ConfigureAwait(false);
            if (relay.IsOver
                && await relay.GetBacklogAsync(cancellationToken).ConfigureAwait(false) is { Waiting: > 0 and var waiting })
            {
                throw new InvalidOperationException(
                    $"The host has stopped, and {waiting:N0} events wait in the outbox in '{relay.Name}' for its next start.");
            }
        }
    }

    public ValueTask<IReadOnlyList<ScheduledEvent>> ListScheduledAsync(CancellationToken cancellationToken) => new([]);

    public async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var relay in _relays)
        {
            relay.Dispose();
        }
    }
}
