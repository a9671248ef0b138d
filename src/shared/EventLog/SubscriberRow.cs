using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>A member of a group as it stands in the store.</summary>
/// <param name="Id">Its number; grows.</param>
/// <param name="Member">The process.</param>
/// <param name="Beat">Grows while it works.</param>
/// <param name="Duration">How long it may go without a beat while it has work, in milliseconds.</param>
/// <param name="Attempts">The attempts it grants an event whose process dies.</param>
/// <param name="IsOrdered">Whether it keeps the order of keys.</param>
/// <param name="IsSequenced">Whether events of a key wait behind its dead letter.</param>
/// <param name="IsLeaving">Whether it takes no further events.</param>
/// <param name="Flight">What tells its place from others of its process, and where it notes what it hands out.</param>
internal sealed record SubscriberRow(
    long Id,
    string Member,
    long Beat,
    long Duration,
    long Attempts,
    bool IsOrdered,
    bool IsSequenced,
    bool IsLeaving,
    string Flight)
{
    /// <summary>A member that is to join.</summary>
    public static SubscriberRow Of(SubscriptionSpec spec, string member, string flight) => new(
        0,
        member,
        0,
        (long)spec.LeaseDuration.TotalMilliseconds,
        spec.MaxAttempts,
        spec.Ordering == EventOrdering.ByKey,
        spec is { Ordering: EventOrdering.ByKey, DeadLetterOrdering: DeadLetterOrdering.Sequenced },
        IsLeaving: false,
        flight);
}
