namespace CloudNative.Discovery.Balancing;

/// <summary>
/// The priority that serves: the lowest number of which an instance is healthy, else the lowest of all. And who of it
/// may be called.
/// </summary>
internal sealed class ServingLevel
{
    private readonly HashSet<Target> _usable;

    private ServingLevel(int priority, List<Target> members, HashSet<Target> usable)
    {
        Priority = priority;
        Members = members;
        _usable = usable;
    }

    public int Priority { get; }

    /// <summary>All of this priority, whatever their health.</summary>
    public List<Target> Members { get; }

    public static ServingLevel? Find(List<Target> matching, int maxEjectedPercent)
    {
        if (matching.Count == 0)
        {
            return null;
        }

        var serving = matching.Exists(IsHealthy) ? matching.Where(IsHealthy) : matching;
        var priority = serving.Min(PriorityOf);
        var members = matching.FindAll(target => PriorityOf(target) == priority);
        return new ServingLevel(priority, members, Usable(members, maxEjectedPercent));
    }

    public bool MayCall(Target target) => _usable.Contains(target);

    /// <summary>Whether so many instances are bad that the bad ones are used again.</summary>
    public bool IsPanic => _usable.Any(target => target.Member.IsEjected);

    /// <summary>Whether an instance of this priority is ejected, and would serve if it were not.</summary>
    public bool MayTry(Target target) => target.Member.IsEjected && !_usable.Contains(target);

    /// <summary>Whether an ejected instance would serve in place of this priority if it were not.</summary>
    public bool WouldServeBefore(Target target) => target.Member.IsEjected && PriorityOf(target) < Priority;

    // Instances that refuse connections are left out whatever their number: calling them helps nobody. Instances that
    // answer badly are left out up to the cap only: past it the load they shed would break the others too, so all of
    // them are used again.
    private static HashSet<Target> Usable(List<Target> members, int maxEjectedPercent)
    {
        var failing = members.Count(target => target.Member.IsEjected && !target.Member.IsUnreachable);
        var cap = Math.Max(1, members.Count * maxEjectedPercent / 100);
        var usable = members
            .Where(target => IsHealthy(target) || (failing > cap && !target.Member.IsUnreachable))
            .ToHashSet();
        return usable.Count > 0 ? usable : [.. members];
    }

    private static bool IsHealthy(Target target) => !target.Member.IsEjected;

    private static int PriorityOf(Target target) => target.Member.State.Instance.Priority;
}
