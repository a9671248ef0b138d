using System.Collections.Concurrent;
using CloudNative.Eventing.Planning;
using CloudNative.Eventing.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Dispatch;

/// <summary>
/// Runs the handlers of one subscription: each delivery on the thread pool, as many as the transport has credit for. Thread-safe.
/// </summary>
internal sealed partial class Dispatcher : IDeliverySink, IDisposable
{
    private readonly ILogger _logger;
    private readonly ConcurrentBag<HandlerToken> _tokens = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SubscriptionStatus _status = SubscriptionStatus.NotYet;
    private SubscriptionStatus _ours = SubscriptionStatus.NotYet;
    private int _running;
    private int _closed;
    private int _settleFails;

    public Dispatcher(SubscriptionPlan plan, DispatchServices services, SubscriptionTelemetry telemetry)
    {
        Plan = plan;
        Telemetry = telemetry;
        Scopes = services.Scopes;
        Inboxes = services.Inboxes;
        Random = services.Jitter.Random;
        Time = services.Time;
        Ending = _ending.Token;
        _logger = services.Loggers.CreateLogger("CloudNative.Eventing.Handlers");
    }

    public SubscriptionPlan Plan { get; }

    public SubscriptionTelemetry Telemetry { get; }

    public IServiceScopeFactory Scopes { get; }

    public IReadOnlyList<IInboxStore> Inboxes { get; }

    public Random Random { get; }

    public TimeProvider Time { get; }

    /// <summary>Fires when handlers are to end because the time to drain is over.</summary>
    public CancellationToken Ending { get; }

    /// <summary>What the transport last said.</summary>
    public SubscriptionStatus Status => Volatile.Read(ref _status);

    /// <summary>Deliveries being handled.</summary>
    public int Running => Volatile.Read(ref _running);

    public void Deliver(EventDelivery delivery)
    {
        Interlocked.Increment(ref _running);
        Telemetry.Consumed();

        // Without the caller's context: a handler is nobody's child but its event's.
        ThreadPool.UnsafeQueueUserWorkItem(new DeliveryRun(this, delivery), preferLocal: false);
    }

    public void StateChanged(SubscriptionState state, string? reason)
    {
        var before = Interlocked.Exchange(ref _status, new SubscriptionStatus(state, reason));
        if (before.State != state)
        {
            LogState(state, reason);
        }
    }

    /// <summary>The transport does not take the subscription yet.</summary>
    public void NotSubscribed(string reason) =>
        Volatile.Write(ref _status, _ours = new SubscriptionStatus(SubscriptionState.Paused, reason));

    /// <summary>The transport has taken the subscription; when it has said how it is, that counts.</summary>
    public void Subscribed()
    {
        if (Interlocked.CompareExchange(ref _status, SubscriptionStatus.Active, _ours) == _ours)
        {
            LogActive(Plan.Topic, Plan.Group);
        }
    }

    /// <summary>Completes when nothing is being handled any more; nothing may be delivered by then.</summary>
    public Task WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _closed, 1);
        if (Running == 0)
        {
            _idle.TrySetResult();
        }

        return _idle.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Asks handlers to end; what they hold goes back uncounted.</summary>
    public Task EndAsync() => _ending.CancelAsync();

    public void Done()
    {
        if (Interlocked.Decrement(ref _running) == 0 && Volatile.Read(ref _closed) == 1)
        {
            _idle.TrySetResult();
        }
    }

    public HandlerToken Rent() => _tokens.TryTake(out var token) ? token : new HandlerToken(Ending);

    public void Return(HandlerToken token)
    {
        if (token.TryEnd() && _tokens.Count < Plan.Spec.MaxInFlight)
        {
            _tokens.Add(token);
        }
        else
        {
            token.Dispose();
        }
    }

    /// <summary>Settles; a store that fails is told once, and the event comes again by itself.</summary>
    public async ValueTask SettleAsync(EventDelivery delivery, Settlement settlement)
    {
        try
        {
            var isCounted = await delivery.SettleAsync(settlement, CancellationToken.None).ConfigureAwait(false);
            Telemetry.Settled(settlement, isCounted);
            if (isCounted && settlement is { Kind: SettlementKind.DeadLetter, Failure.Reason: not DeadLetterReason.HandlerFailed })
            {
                DeadLettered(delivery, settlement.Failure);
            }

            if (Volatile.Read(ref _settleFails) == 1 && Interlocked.Exchange(ref _settleFails, 0) == 1)
            {
                LogSettlesAgain(Plan.Topic, Plan.Group);
            }
        }
        catch (EventTransportException exception)
        {
            // The lease runs out and brings the event back: nothing to do here, above all not at once.
            if (Interlocked.Exchange(ref _settleFails, 1) == 0)
            {
                LogCannotSettle(exception, Plan.Topic, Plan.Group);
            }
        }
    }

    public void Dispose()
    {
        while (_tokens.TryTake(out var token))
        {
            token.Dispose();
        }

        // Whoever is still here must end, and must not find the source gone.
        _ending.Cancel();
        _ending.Dispose();
    }
}
