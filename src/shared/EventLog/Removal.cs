namespace CloudNative.Shared.EventLog;

/// <summary>What one step of tidying up did.</summary>
/// <param name="HasMore">Whether there may be more to remove.</param>
/// <param name="Missed">The groups that had not handled all that went.</param>
internal sealed record Removal(bool HasMore, IReadOnlyList<MissedEvents> Missed)
{
    public static Removal Nothing { get; } = new(HasMore: false, []);
}
