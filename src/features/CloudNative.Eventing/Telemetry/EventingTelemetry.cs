using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CloudNative.Eventing.Telemetry;

/// <summary>The instruments of a host, and its activity source.</summary>
internal sealed class EventingTelemetry : IDisposable
{
    private readonly Meter _meter;

    public EventingTelemetry(IMeterFactory? meters)
    {
        _meter = meters?.Create(EventingTelemetryNames.Meter) ?? new Meter(EventingTelemetryNames.Meter);
        Sent = _meter.CreateCounter<long>(
            EventingTelemetryNames.SentMessages, "{message}", "Events handed to the transport.");
        Consumed = _meter.CreateCounter<long>(
            EventingTelemetryNames.ConsumedMessages, "{message}", "Events delivered to this process.");
        OperationDuration = _meter.CreateHistogram(
            EventingTelemetryNames.OperationDuration, "s", "Duration of a publish.", tags: null, Buckets());
        ProcessDuration = _meter.CreateHistogram(
            EventingTelemetryNames.ProcessDuration, "s", "Duration of handling a delivery.", tags: null, Buckets());
        Retries = _meter.CreateCounter<long>(EventingTelemetryNames.Retries, "{retry}", "Attempts that are made again.");
        DeadLetters = _meter.CreateCounter<long>(EventingTelemetryNames.DeadLetters, "{message}", "Events that were given up.");
        Skipped = _meter.CreateCounter<long>(
            EventingTelemetryNames.SkippedMessages, "{message}", "Events of types that nobody of the group knows.");
        LostLeases = _meter.CreateCounter<long>(
            EventingTelemetryNames.LostLeases, "{message}", "Deliveries whose lease was lost before they were settled.");
    }

    public ActivitySource Source { get; } = new(EventingTelemetryNames.ActivitySource);

    public Counter<long> Sent { get; }

    public Counter<long> Consumed { get; }

    public Histogram<double> OperationDuration { get; }

    public Histogram<double> ProcessDuration { get; }

    public Counter<long> Retries { get; }

    public Counter<long> DeadLetters { get; }

    public Counter<long> Skipped { get; }

    public Counter<long> LostLeases { get; }

    /// <summary>Lets gauges read what is waiting; they see what was known last, and ask nobody.</summary>
    public void ObserveBacklogs(
        Func<IEnumerable<Measurement<long>>> lag, Func<IEnumerable<Measurement<double>>> oldestAge)
    {
        _meter.CreateObservableGauge(
            EventingTelemetryNames.Lag, lag, "{message}", "Events stored and not settled for good by a group.");
        _meter.CreateObservableGauge(
            EventingTelemetryNames.OldestAge, oldestAge, "s", "How long the oldest of them has been waiting.");
    }

    public void Dispose()
    {
        _meter.Dispose();
        Source.Dispose();
    }

    // As the conventions advise.
    private static InstrumentAdvice<double> Buckets() => new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };
}
