namespace CloudNative.Shared.EventLog;

/// <summary>What came of joining a group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Id">The new member's number.</param>
/// <param name="Shares">What it handles at first.</param>
internal sealed record Joined(GroupRow Group, long Id, IReadOnlyList<TakenShare> Shares);
