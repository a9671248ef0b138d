using System.Diagnostics.Metrics;
using CloudNative.Deadlines;
using CloudNative.Discovery;
using CloudNative.Http.Deadlines;
using CloudNative.Http.Fallbacks;
using CloudNative.Http.Hedging;
using CloudNative.Http.Leases;
using CloudNative.Http.Limits;
using CloudNative.Http.Resolution;
using CloudNative.Http.Retries;
using CloudNative.Http.Settings;
using CloudNative.Http.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.Http.Calls;

/// <summary>What all chains of a process share; it outlives each of them.</summary>
internal sealed class PipelineServices(
    EndpointTable table,
    TimeProvider time,
    ClientSettingsCatalog settings,
    RetryBudgets budgets,
    HedgeStates hedges,
    ConcurrencyLimits limits,
    UnknownServices unknown,
    HttpMetrics metrics,
    DeadlineContext deadlines,
    ILoggerFactory loggers,
    IEnumerable<ClientFallback> fallbacks,
    IMeterFactory? meterFactory = null) : IDisposable
{
    public EndpointTable Table { get; } = table;

    public TimeProvider Time { get; } = time;

    public ClientSettingsCatalog Settings { get; } = settings;

    public RetryBudgets Budgets { get; } = budgets;

    public HedgeStates Hedges { get; } = hedges;

    public ConcurrencyLimits Limits { get; } = limits;

    public UnknownServices Unknown { get; } = unknown;

    public HttpMetrics Metrics { get; } = metrics;

    public CallDeadlines Deadlines { get; } = new(time, deadlines);

    public IReadOnlyList<ClientFallback> Fallbacks { get; } = [.. fallbacks];

    public ILogger Logger { get; } = loggers.CreateLogger("CloudNative.Http.Calls");

    public IMeterFactory? MeterFactory { get; } = meterFactory;

    public Pool<ServiceCall> Calls { get; } = new(() => new ServiceCall(time));

    /// <summary>What ends answers that are still arriving when their time is up.</summary>
    public Pool<BodyTimer> BodyTimers { get; } = new(() => new BodyTimer(time));

    public void Dispose()
    {
        Calls.Dispose();
        BodyTimers.Dispose();
    }
}
