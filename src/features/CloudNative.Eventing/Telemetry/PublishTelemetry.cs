using System.Diagnostics;
using CloudNative.Eventing.Transport;

namespace CloudNative.Eventing.Telemetry;

/// <summary>What publishing emits.</summary>
internal sealed class PublishTelemetry(EventingTelemetry telemetry, ChosenTransport transport, TimeProvider time)
{
    private const string Send = "send";

    /// <summary>Whether anybody listens; else publishing takes the short way.</summary>
    public bool IsListening =>
        telemetry.Source.HasListeners() || telemetry.Sent.Enabled || telemetry.OperationDuration.Enabled;

    /// <summary>The span of a publish; the creation context of its events.</summary>
    public Activity? StartSending(string topic, int count)
    {
        var activity = telemetry.Source.HasListeners()
            ? telemetry.Source.StartActivity($"{Send} {topic}", ActivityKind.Producer)
            : null;
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(EventingTelemetryNames.SystemAttribute, transport.Choice.Provider);
            activity.SetTag(EventingTelemetryNames.DestinationAttribute, topic);
            activity.SetTag(EventingTelemetryNames.OperationNameAttribute, Send);
            activity.SetTag(EventingTelemetryNames.OperationTypeAttribute, Send);
            if (count > 1)
            {
                activity.SetTag(EventingTelemetryNames.BatchCountAttribute, count);
            }
        }

        return activity;
    }

    public long Begin() => time.GetTimestamp();

    public void Sent(Activity? activity, string topic, int count, long begun, Exception? exception)
    {
        TagList tags =
        [
            new(EventingTelemetryNames.SystemAttribute, transport.Choice.Provider),
            new(EventingTelemetryNames.DestinationAttribute, topic),
            new(EventingTelemetryNames.OperationNameAttribute, Send),
        ];
        if (exception is not null)
        {
            var error = exception.GetType().FullName;
            tags.Add(EventingTelemetryNames.ErrorAttribute, error);
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            activity?.SetTag(EventingTelemetryNames.ErrorAttribute, error);
        }

        telemetry.Sent.Add(count, tags);
        tags.Add(EventingTelemetryNames.OperationTypeAttribute, Send);
        telemetry.OperationDuration.Record(time.GetElapsedTime(begun).TotalSeconds, tags);
    }
}
