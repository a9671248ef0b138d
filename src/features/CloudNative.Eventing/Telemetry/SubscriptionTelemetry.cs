using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CloudNative.Eventing.Telemetry;

/// <summary>What one subscription emits. Costs next to nothing while nobody listens.</summary>
internal sealed class SubscriptionTelemetry(
    EventingTelemetry telemetry, string system, string topic, string group, bool parentSpans, TimeProvider time)
{
    private const string Process = "process";

    private readonly string _spanName = $"{Process} {topic}";
    private readonly KeyValuePair<string, object?> _system = new(EventingTelemetryNames.SystemAttribute, system);
    private readonly KeyValuePair<string, object?> _topic = new(EventingTelemetryNames.DestinationAttribute, topic);
    private readonly KeyValuePair<string, object?> _group = new(EventingTelemetryNames.GroupAttribute, group);
    private readonly KeyValuePair<string, object?> _operation = new(EventingTelemetryNames.OperationNameAttribute, Process);

    /// <summary>What stands on the gauges.</summary>
    public TagList Tags => [_system, _topic, _group];

    /// <summary>The span of a delivery; <see langword="null"/> when nobody listens.</summary>
    public Activity? StartProcessing(EventDelivery delivery)
    {
        if (!telemetry.Source.HasListeners())
        {
            return null;
        }

        var received = delivery.Event;
        var isKnown = ActivityContext.TryParse(received.TraceParent, received.TraceState, isRemote: true, out var creation);
        var activity = telemetry.Source.StartActivity(
            _spanName,
            ActivityKind.Consumer,
            parentSpans && isKnown ? creation : default,
            [
                _system, _topic, _group, _operation,
                new(EventingTelemetryNames.OperationTypeAttribute, Process),
                new(EventingTelemetryNames.MessageIdAttribute, received.Id),
                new(EventingTelemetryNames.BodySizeAttribute, received.Data.Length),
                new(EventingTelemetryNames.EventTypeAttribute, received.Type),
            ],
            isKnown && !parentSpans ? [new ActivityLink(creation)] : null);
        return activity;
    }

    /// <summary>The moment handling begins; 0 when nobody measures.</summary>
    public long Begin() => telemetry.ProcessDuration.Enabled ? time.GetTimestamp() : 0;

    public void Processed(Activity? activity, long begun, in Settlement settlement)
    {
        var error = ErrorOf(settlement);
        if (activity is not null && error is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, settlement.Failure?.Detail);
            activity.SetTag(EventingTelemetryNames.ErrorAttribute, error);
        }

        if (begun == 0)
        {
            return;
        }

        TagList tags = [_system, _topic, _group, _operation];
        if (error is not null)
        {
            tags.Add(EventingTelemetryNames.ErrorAttribute, error);
        }

        telemetry.ProcessDuration.Record(time.GetElapsedTime(begun).TotalSeconds, tags);
    }

    public void Consumed() => Add(telemetry.Consumed, _operation);

    public void Skipped() => Add(telemetry.Skipped);

    public void Retried(bool isImmediate) => Add(
        telemetry.Retries, new(EventingTelemetryNames.RetryKindAttribute, isImmediate ? "immediate" : "delayed"));

    public void Settled(in Settlement settlement, bool isCounted)
    {
        if (!isCounted)
        {
            Add(telemetry.LostLeases);
        }
        else if (settlement.Kind == SettlementKind.DeadLetter)
        {
            Add(telemetry.DeadLetters, new(EventingTelemetryNames.ReasonAttribute, ReasonOf(settlement)));
        }
    }

    private static string? ErrorOf(in Settlement settlement) =>
        settlement.Kind is SettlementKind.Retry or SettlementKind.DeadLetter ? ReasonOf(settlement) : null;

    private static string ReasonOf(in Settlement settlement) => settlement.Failure?.Reason switch
    {
        DeadLetterReason.HandlerFailed => "handler_failed",
        DeadLetterReason.Rejected => "rejected",
        DeadLetterReason.NotDeserializable => "not_deserializable",
        DeadLetterReason.UnknownType => "unknown_type",
        DeadLetterReason.Malformed => "malformed",
        DeadLetterReason.ProcessDied => "process_died",
        _ => "_OTHER",
    };

    private void Add(Counter<long> counter, KeyValuePair<string, object?> also = default)
    {
        if (!counter.Enabled)
        {
            return;
        }

        var tags = Tags;
        if (also.Key is not null)
        {
            tags.Add(also);
        }

        counter.Add(1, tags);
    }
}
