using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Dispatch;

internal sealed partial class Dispatcher
{
    /// <summary>An attempt failed, the next follows at once.</summary>
    public void AttemptFailed(Exception exception, EventDelivery delivery, int attempt) =>
        LogAttemptFailed(exception, delivery.Event.Type, Plan.Topic, Plan.Group, attempt);

    /// <summary>The next attempt follows later.</summary>
    public void Postponed(Exception exception, EventDelivery delivery, int attempt, TimeSpan delay)
    {
        if (_logger.IsEnabled(LogLevel.Warning))
        {
            var received = delivery.Event;
            LogPostponed(exception, received.Type, received.Id, Plan.Topic, Plan.Group, attempt, delay.TotalSeconds);
        }
    }

    /// <summary>No attempt follows.</summary>
    public void GaveUp(Exception exception, EventDelivery delivery, int attempt)
    {
        var received = delivery.Event;
        LogGaveUp(exception, received.Type, received.Id, Plan.Topic, Plan.Group, attempt);
    }

    private void DeadLettered(EventDelivery delivery, DeliveryFailure failure) =>
        LogDeadLettered(delivery.Event.Type, delivery.Event.Id, Plan.Topic, Plan.Group, failure.Reason, failure.Detail);

    /// <summary>Something outside of handlers failed; the lease brings the event back.</summary>
    public void Failed(Exception exception, EventDelivery delivery) =>
        LogFailed(exception, delivery.Event.Type, Plan.Topic, Plan.Group);

    private void LogState(SubscriptionState state, string? reason)
    {
        switch (state)
        {
            case SubscriptionState.Active:
                LogActive(Plan.Topic, Plan.Group);
                break;
            case SubscriptionState.Paused:
                LogPaused(Plan.Topic, Plan.Group, reason ?? "no reason given");
                break;
            default:
                LogStopped(Plan.Topic, Plan.Group);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Attempt {Attempt} at {Type} of topic {Topic} for group {Group} failed; the next follows at once.")]
    private partial void LogAttemptFailed(Exception exception, string type, string topic, string group, int attempt);

    [LoggerMessage(
        2, LogLevel.Warning,
        "Attempt {Attempt} at {Type} {Id} of topic {Topic} for group {Group} failed; it is tried again in {Seconds:0.###} s.")]
    private partial void LogPostponed(
        Exception exception, string type, string id, string topic, string group, int attempt, double seconds);

    [LoggerMessage(
        3, LogLevel.Error, "Gave up {Type} {Id} of topic {Topic} for group {Group} after attempt {Attempt}; it is a dead letter now.")]
    private partial void LogGaveUp(Exception exception, string type, string id, string topic, string group, int attempt);

    [LoggerMessage(
        4, LogLevel.Warning,
        "What became of events of topic {Topic} for group {Group} cannot be stored; they will be delivered again. Said once until it can.")]
    private partial void LogCannotSettle(Exception exception, string topic, string group);

    [LoggerMessage(5, LogLevel.Information, "What becomes of events of topic {Topic} for group {Group} is stored again.")]
    private partial void LogSettlesAgain(string topic, string group);

    [LoggerMessage(6, LogLevel.Information, "Handling topic {Topic} for group {Group}.")]
    private partial void LogActive(string topic, string group);

    [LoggerMessage(7, LogLevel.Warning, "Topic {Topic} gives group {Group} no events: {Reason} It goes on by itself.")]
    private partial void LogPaused(string topic, string group, string reason);

    [LoggerMessage(8, LogLevel.Information, "Stopped handling topic {Topic} for group {Group}.")]
    private partial void LogStopped(string topic, string group);

    [LoggerMessage(9, LogLevel.Error, "Handling {Type} of topic {Topic} for group {Group} went wrong outside of the handler.")]
    private partial void LogFailed(Exception exception, string type, string topic, string group);

    [LoggerMessage(10, LogLevel.Warning, "{Type} {Id} of topic {Topic} is a dead letter of group {Group}: {Reason}, {Detail}.")]
    private partial void LogDeadLettered(string type, string id, string topic, string group, DeadLetterReason reason, string detail);
}
