namespace CloudNative.Shared.EventLog;

/// <summary>What groups are called in the store.</summary>
internal static class GroupNames
{
    private const char MemberMark = '@';

    /// <summary>The name of a group that belongs to one process alone; no group of a user can have it.</summary>
    public static string Broadcast(string group, string member) => $"{group}{MemberMark}{member}";

    public static string Public(string name) => name.Split(MemberMark)[0];
}
