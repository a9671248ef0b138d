using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.LoadShedding;

/// <summary>Counts what is declined, and says once when it begins and once when it is over.</summary>
internal sealed partial class SheddingReport : IAdmissionObserver, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly ILogger<SheddingReport> _logger;
    [SuppressMessage("Usage", "CA2213", Justification = "The meter factory owns its meters.")]
    private readonly Meter _meter;

    private readonly Counter<long> _declined;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long _since;
    private long _last;
    private long _count;
    private bool _isShedding;

    public SheddingReport(IMeterFactory meters, TimeProvider time, ILogger<SheddingReport> logger)
    {
        _time = time;
        _logger = logger;
        _meter = meters.Create(LoadSheddingTelemetryNames.Meter);
        _declined = _meter.CreateCounter<long>(
            LoadSheddingTelemetryNames.Declined, "{request}", "Requests that were declined because there was too much to do.");
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(
            static report => ((SheddingReport)report!).EndWhenQuiet(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Measures what waits, and what the limit is.</summary>
    public void Observe(Admission admission)
    {
        _meter.CreateObservableGauge(
            LoadSheddingTelemetryNames.Waiting, () => admission.Waiting, "{request}", "Requests that wait for their turn.");
        _meter.CreateObservableGauge(
            LoadSheddingTelemetryNames.Limit, () => LimitOf(admission), "{request}", "Requests that are served at the same time, at most.");
    }

    public void OnDeclined(RequestPriority priority)
    {
        _declined.Add(1, new KeyValuePair<string, object?>(LoadSheddingTelemetryNames.Priority, Priorities.NameOf(priority)));
        lock (_lock)
        {
            _last = _time.GetTimestamp();
            _count++;
            if (_isShedding)
            {
                return;
            }

            (_isShedding, _since, _count) = (true, _last, 1);
            _timer.Change(Quiet, Quiet);
        }

        LogBegin();
    }

    public void Dispose() => _timer.Dispose();

    private static IEnumerable<Measurement<int>> LimitOf(Admission admission) =>
        admission.Limit is var limit && limit != LimitSearch.Open ? [new Measurement<int>(limit)] : [];

    private void EndWhenQuiet()
    {
        long count;
        TimeSpan duration;
        lock (_lock)
        {
            if (!_isShedding || _time.GetElapsedTime(_last) < Quiet)
            {
                return;
            }

            _isShedding = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            (count, duration) = (_count, _time.GetElapsedTime(_since, _last));
        }

        LogEnd(count, duration);
    }
}
