using System.Diagnostics.Metrics;
using CloudNative.Eventing.Dispatch;
using CloudNative.Eventing.Planning;
using CloudNative.Eventing.Transport;
using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Subscriptions;

/// <summary>
/// Keeps one subscription: begins it, in the background for as long as the store cannot be reached, looks at how much waits, and ends it.
/// </summary>
internal sealed partial class SubscriptionRunner(
    Dispatcher dispatcher,
    ChosenTransport transport,
    TimeSpan backlogInterval,
    RetryJitter jitter,
    TimeProvider time,
    ILogger<SubscriptionRunner> logger) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _reading = new();
    private IEventSubscription? _subscription;
    private EventBacklog? _backlog;
    private Task _running = Task.CompletedTask;

    public SubscriptionPlan Plan => dispatcher.Plan;

    public SubscriptionStatus Status => dispatcher.Status;

    /// <summary>Begins.</summary>
    /// <returns>A task that completes after the first attempt, whatever came of it.</returns>
    public Task StartAsync()
    {
        _running = Task.Run(RunAsync);
        return _attempted.Task;
    }

    /// <summary>Takes no further events.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_subscription is { } subscription)
        {
            await subscription.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for what is being handled.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => dispatcher.WaitUntilIdleAsync(cancellationToken);

    /// <summary>Ends what is still being handled, uncounted, and leaves the group.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await dispatcher.EndAsync().ConfigureAwait(false);
        using var enough = new CancellationTokenSource(patience, time);
        try
        {
            await dispatcher.WaitUntilIdleAsync(enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            LogDeaf(Plan.Topic, Plan.Group, dispatcher.Running);
        }

        if (_subscription is { } subscription)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What waited when it was last looked at; <see langword="null"/> when that is not known.</summary>
    public EventBacklog? Backlog
    {
        get
        {
            lock (_reading)
            {
                return _backlog;
            }
        }

        private set
        {
            lock (_reading)
            {
                _backlog = value;
            }
        }
    }

    /// <summary>How it is now, with how much waits when the store says so.</summary>
    public async Task<SubscriptionReport> ReportAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _subscription) is { } subscription && Status.State != SubscriptionState.Stopped)
        {
            await LookAsync(subscription, cancellationToken).ConfigureAwait(false);
        }

        var (state, reason) = Status;
        return new SubscriptionReport
        {
            Topic = Plan.Topic,
            Group = Plan.Group,
            Broadcast = Plan.Spec.Broadcast,
            Ordering = Plan.Spec.Ordering,
            State = state,
            Reason = reason,
            Backlog = state == SubscriptionState.Stopped ? null : Backlog,
            InFlight = dispatcher.Running,
            Concurrency = Plan.Spec.MaxInFlight,
        };
    }

    public Measurement<long>? Lag => Backlog is { } known ? new(known.Waiting, dispatcher.Telemetry.Tags) : null;

    public Measurement<double>? OldestAge => Backlog is { } known
        ? new(
            known.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0, dispatcher.Telemetry.Tags)
        : null;

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        dispatcher.Dispose();
    }

    private async Task RunAsync()
    {
        var cancellationToken = _stopping.Token;
        try
        {
            var subscription = await SubscribeAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                await LookAsync(subscription, cancellationToken).ConfigureAwait(false);
                await Task.Delay(backlogInterval, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The service is going away; what an interrupted attempt says of the store no longer matters.
            Backlog = null;
        }
        finally
        {
            _attempted.TrySetResult();
        }
    }

    private async Task<IEventSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var subscription = await transport.Get().SubscribeAsync(Plan.Spec, dispatcher, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _subscription, subscription);
                dispatcher.Subscribed();
                _attempted.TrySetResult();
                return subscription;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                dispatcher.NotSubscribed(exception.Message);
                if (failures == 0)
                {
                    LogCannotSubscribe(exception, Plan.Topic, Plan.Group);
                }

                _attempted.TrySetResult();
            }

            var longest = FirstWait * Math.Pow(2, Math.Min(failures, 10));
            longest = longest < LongestWait ? longest : LongestWait;
            await Task.Delay(longest * ((1 + jitter.Random.NextDouble()) / 2), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(IEventSubscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            Backlog = await subscription.GetBacklogAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An old number would look like news. That the store cannot be reached is told by the subscription.
            Backlog = null;
            LogNoBacklog(exception, Plan.Topic, Plan.Group);
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning, "Cannot subscribe to topic {Topic} for group {Group}; trying again until it works. Said once.")]
    private partial void LogCannotSubscribe(Exception exception, string topic, string group);

    [LoggerMessage(2, LogLevel.Debug, "How much waits in topic {Topic} for group {Group} is not known.")]
    private partial void LogNoBacklog(Exception exception, string topic, string group);

    [LoggerMessage(
        3, LogLevel.Warning,
        "{Count} handlers of topic {Topic} for group {Group} did not end when they were asked to; their events will be delivered again.")]
    private partial void LogDeaf(string topic, string group, int count);
}
