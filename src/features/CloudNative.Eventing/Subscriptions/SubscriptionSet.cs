using System.Diagnostics.Metrics;
using CloudNative.Eventing.Dispatch;
using CloudNative.Eventing.Planning;
using CloudNative.Eventing.Telemetry;
using CloudNative.Eventing.Transport;
using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Subscriptions;

/// <summary>All subscriptions of the host, in step with its lifecycle.</summary>
internal sealed class SubscriptionSet(IServiceProvider services, TimeProvider time)
    : ILifecycleParticipant, IStartSummaryContributor, IDisposable
{
    // The start waits a moment, so that in the usual case subscriptions are there when the host says it has started.
    private static readonly TimeSpan FirstAttempt = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private volatile SubscriptionRunner[] _runners = [];
    private volatile string? _off;
    private readonly Lock _ending = new();
    private Task? _ended;

    public async ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        var planner = services.GetRequiredService<Planner>();
        _runners = [.. planner.Plans.Select(Create)];
        _off = planner.Off;
        if (_runners.Length == 0)
        {
            return;
        }

        services.GetRequiredService<EventingTelemetry>().ObserveBacklogs(
            () => _runners.Select(runner => runner.Lag).OfType<Measurement<long>>(),
            () => _runners.Select(runner => runner.OldestAge).OfType<Measurement<double>>());
        var started = Task.WhenAll(_runners.Select(runner => runner.StartAsync()));
        await Task.WhenAny(started, Task.Delay(FirstAttempt, time, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_runners.Select(runner => runner.StopAsync(cancellationToken))).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_runners.Select(runner => runner.DrainAsync(cancellationToken))).ConfigureAwait(false);
        }
        finally
        {
            // Whoever has not finished is asked to now; the events go back uncounted.
            await EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Leaves all groups. Whoever comes later waits for the same end.</summary>
    public Task EndAsync()
    {
        lock (_ending)
        {
            return _ended ??= Task.WhenAll(_runners.Select(runner => runner.EndAsync(Patience)));
        }
    }

    /// <summary>The container calls this once for each role.</summary>
    public void Dispose()
    {
        foreach (var runner in Interlocked.Exchange(ref _runners, []))
        {
            runner.Dispose();
        }
    }

    /// <summary>What runs, in the order of the plans; nothing before the service is announced.</summary>
    public IReadOnlyList<SubscriptionRunner> All => _runners;

    /// <summary>How a subscription is; <see langword="null"/> when there is none of that topic and group.</summary>
    public SubscriptionStatus? Find(SubscriptionKey key) => Array.Find(
        _runners, runner => runner.Plan.Topic == key.Topic && runner.Plan.Group == key.Group)?.Status;

    public StartSummaryLine? Describe()
    {
        const int Most = 4;
        if (_off is { } reason)
        {
            return new StartSummaryLine("events", $"not handled: {reason}", 25);
        }

        var named = _runners.Take(Most).Select(runner => $"{runner.Plan.Topic} for {runner.Plan.Group}{Suffix(runner)}");
        var more = _runners.Length > Most ? $" and {_runners.Length - Most} more" : string.Empty;
        return _runners.Length == 0 ? null : new StartSummaryLine("events", string.Join(", ", named) + more, 25);
    }

    private static string Suffix(SubscriptionRunner runner) => (runner.Status.State, runner.Plan.Spec) switch
    {
        (not SubscriptionState.Active, _) => " (waiting for the store)",
        (_, { Broadcast: true }) => " (broadcast)",
        (_, { Ordering: EventOrdering.ByKey, DeadLetterOrdering: DeadLetterOrdering.Independent }) =>
            " (in order, but past dead letters)",
        (_, { Ordering: EventOrdering.ByKey }) => " (in order)",
        _ => string.Empty,
    };

    private SubscriptionRunner Create(SubscriptionPlan plan)
    {
        var options = services.GetRequiredService<IOptions<EventingOptions>>().Value;
        var transport = services.GetRequiredService<ChosenTransport>();
        var shared = services.GetRequiredService<DispatchServices>();
        var telemetry = new SubscriptionTelemetry(
            services.GetRequiredService<EventingTelemetry>(),
            transport.Choice.Provider ?? "none",
            plan.Topic,
            plan.Group,
            options.ParentSpans,
            time);
        return new SubscriptionRunner(
            new Dispatcher(plan, shared, telemetry),
            transport,
            options.BacklogInterval,
            shared.Jitter,
            time,
            services.GetRequiredService<ILogger<SubscriptionRunner>>());
    }
}
