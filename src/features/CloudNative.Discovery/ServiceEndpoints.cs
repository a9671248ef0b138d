using System.Collections.Immutable;
using CloudNative.Discovery.Balancing;
using CloudNative.Discovery.Resolution;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery;

/// <summary>
/// The live handle to one service, got from <see cref="EndpointTable.Get"/>; keep it. Thread-safe. Reading never
/// blocks; using it keeps the watch on the service open.
/// </summary>
public sealed partial class ServiceEndpoints
{
    private readonly EndpointTable _table;
    private readonly Roster _roster;
    private readonly ServiceWatch _watch;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private EndpointSnapshot _snapshot = new(0, ServiceStatus.Unknown, false, null, []);
    private ChangeSignal _changed = new();
    private ITimer? _firstAnswer;
    private bool _used;
    private int _idleRounds;

    internal ServiceEndpoints(
        string service, EndpointTable table, Func<ServiceEndpoints, ServiceWatch> watch, Roster roster, ILogger logger)
    {
        Service = service;
        _table = table;
        _roster = roster;
        _logger = logger;
        _watch = watch(this);
        _roster.DoubtedRefused = instance => _watch.Drop(instance.Id);
    }

    /// <summary>The logical name.</summary>
    public string Service { get; }

    /// <summary>What is known now.</summary>
    public EndpointSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>
    /// What each source last said of the service, configuration first; for people. Configuration alone where it names
    /// the service.
    /// </summary>
    /// <returns>One answer a source.</returns>
    public IReadOnlyList<SourceAnswer> DescribeSources() => _watch.Describe();

    internal Roster Roster => _roster;

    internal ServiceWatch Watch => _watch;

    /// <summary>Fires with the next change. Take it before reading what it speaks of.</summary>
    internal CancellationToken NextChange => Volatile.Read(ref _changed).Token;

    /// <summary>
    /// Waits for the first answer; completes synchronously once there is one. After <see
    /// cref="DiscoveryOptions.FirstAnswerTimeout"/>
    /// it gives a snapshot that says <see cref="ServiceStatus.Unavailable"/> rather than wait on.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The snapshot; never <see cref="ServiceStatus.Unknown"/>.</returns>
    public ValueTask<EndpointSnapshot> WaitForAnswerAsync(CancellationToken cancellationToken)
    {
        Touch();
        var snapshot = Snapshot;
        return snapshot.Status == ServiceStatus.Unknown
            ? WaitAsync(static (current, _) => current.Status != ServiceStatus.Unknown, snapshot, cancellationToken)
            : ValueTask.FromResult(snapshot);
    }

    /// <summary>
    /// Waits until the sources say something else than <paramref name="seen"/>; no change between reading and waiting
    /// is missed.
    /// </summary>
    /// <param name="seen">The snapshot that the caller knows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The newer snapshot.</returns>
    public ValueTask<EndpointSnapshot> WaitForChangeAsync(EndpointSnapshot seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        Touch();
        return WaitAsync(static (current, known) => current.Version != known.Version, seen, cancellationToken);
    }

    /// <summary>
    /// What is known, once a change that is being taken over at this moment is complete. Whoever found nothing to pick
    /// reads this before drawing conclusions: between picks and <see cref="Snapshot"/> such a change may have been half
    /// visible. Waits for that only.
    /// </summary>
    /// <returns>The snapshot.</returns>
    public EndpointSnapshot ReadSettled()
    {
        lock (_lock)
        {
            return _snapshot;
        }
    }

    /// <summary>
    /// Takes an endpoint for one attempt: no lock, no allocation. With <see cref="PickRequest.Tried"/> it first offers
    /// healthy endpoints that were not tried, then any other that was not.
    /// </summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="pick">The endpoint; <see cref="EndpointPick.Complete"/> must be called exactly once.</param>
    /// <returns>Whether there was one left to take.</returns>
    public bool TryPick(in PickRequest request, out EndpointPick pick)
    {
        if (!Volatile.Read(ref _used))
        {
            Touch();
        }

        return _roster.TryPick(request, out pick);
    }

    /// <summary>Marks the service as used and opens its watch if it is closed.</summary>
    internal void Touch()
    {
        if (Volatile.Read(ref _used))
        {
            return;
        }

        Volatile.Write(ref _used, true);
        _idleRounds = 0;
        if (_watch.IsOpen)
        {
            return;
        }

        _table.Open(this);
    }

    /// <summary>One round of the sweep over idle services.</summary>
    /// <returns>How many rounds nobody has used it.</returns>
    internal int Age()
    {
        _idleRounds = Volatile.Read(ref _used) ? 0 : _idleRounds + 1;
        Volatile.Write(ref _used, false);
        return _idleRounds;
    }

    internal void StartFirstAnswerTimer(TimeProvider time, TimeSpan timeout)
    {
        ITimer timer;
        lock (_lock)
        {
            if (_snapshot.Status != ServiceStatus.Unknown || _firstAnswer is not null)
            {
                return;
            }

            timer = _firstAnswer = time.CreateTimer(
                static endpoints => ((ServiceEndpoints)endpoints!).GiveUp(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // Not under the lock: a clock of a test may run what is due right here, and that may wait for somebody who
        // waits for the lock.
        timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes over what the sources say together.</summary>
    internal void Publish(Verdict verdict)
    {
        ChangeSignal changed;
        lock (_lock)
        {
            if (verdict.Status == ServiceStatus.Unknown)
            {
                return;
            }

            StopFirstAnswerTimer();
            if (verdict.IsSameAs(_snapshot))
            {
                return;
            }

            LogChange(_snapshot, verdict);
            var states = _roster.Replace(verdict.Instances, verdict.Doubted);
            changed = Replace(verdict.Status, verdict.IsStale, verdict.Reason, states);
        }

        changed.Fire();
    }

    /// <summary>
    /// Nobody watches any more: what is known stays at hand, but the next caller waits for a fresh answer.
    /// </summary>
    internal void Rest()
    {
        ChangeSignal changed;
        lock (_lock)
        {
            StopFirstAnswerTimer();
            changed = Replace(ServiceStatus.Unknown, _snapshot.Endpoints.Length > 0, "not watched while idle", _snapshot.Endpoints);
        }

        changed.Fire();
    }

    private void GiveUp()
    {
        ChangeSignal changed;
        lock (_lock)
        {
            StopFirstAnswerTimer();
            if (_snapshot.Status != ServiceStatus.Unknown)
            {
                return;
            }

            var stale = _snapshot.Endpoints.Length > 0;
            changed = Replace(
                stale ? ServiceStatus.Known : ServiceStatus.Unavailable, stale, "no source has answered yet", _snapshot.Endpoints);
        }

        LogNoAnswer(Service);
        changed.Fire();
    }

    private void StopFirstAnswerTimer()
    {
        _firstAnswer?.Dispose();
        _firstAnswer = null;
    }

    private ChangeSignal Replace(ServiceStatus status, bool stale, string? reason, ImmutableArray<EndpointState> states)
    {
        Volatile.Write(ref _snapshot, new EndpointSnapshot(_snapshot.Version + 1, status, stale, reason, states));
        var changed = _changed;
        Volatile.Write(ref _changed, new ChangeSignal());
        return changed;
    }

    /// <summary>
    /// Waits until a snapshot is enough; the callback is asked between reading the state and waiting for its change.
    /// </summary>
    internal async ValueTask<EndpointSnapshot> WaitAsync(
        Func<EndpointSnapshot, EndpointSnapshot, bool> isEnough, EndpointSnapshot seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The signal first, then the state it speaks of.
            var changed = Volatile.Read(ref _changed);
            var current = Snapshot;
            if (isEnough(current, seen))
            {
                return current;
            }

            await changed.Changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
