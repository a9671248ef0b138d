namespace CloudNative.Eventing.Configuration;

/// <summary>The keys below <c>CloudNative:Eventing</c> that this package understands.</summary>
internal static class EventingKeys
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Enabled", "Provider", "Concurrency", "LeaseDuration", "UnknownTypes", "DeadLetterOrdering", "ParentSpans",
        "BacklogInterval",
        "Retry:Immediate", "Retry:Delayed", "Retry:BaseDelay", "Retry:Factor", "Retry:MaxDelay",
        "Groups:*:Concurrency", "Groups:*:UnknownTypes", "Groups:*:DeadLetterOrdering",
        "Groups:*:Retry:Immediate", "Groups:*:Retry:Delayed", "Groups:*:Retry:BaseDelay", "Groups:*:Retry:Factor",
        "Groups:*:Retry:MaxDelay",
        "Outbox:MaxBackoff", "Outbox:DegradedAfter", "Inbox:Retention", "Inbox:SweepInterval",
        "AsyncApi:Title", "AsyncApi:Description", "AsyncApi:File",
    ];
}
