namespace CloudNative.Sdk.LoadShedding;

/// <summary>A request that waits for its turn.</summary>
/// <param name="priority">Its priority.</param>
/// <param name="due">The timestamp at which its caller gives up; <see cref="long.MaxValue"/> for never.</param>
internal abstract class Waiter(RequestPriority priority, long due)
{
    public RequestPriority Priority { get; } = priority;

    public long Due { get; } = due;

    /// <summary>When it began to wait.</summary>
    public long Since { get; set; }

    /// <summary>Its place in the line; none when it does not wait (any more).</summary>
    public LinkedListNode<Waiter>? Place { get; set; }

    /// <summary>It is its turn, or it is declined. Called once, never under a lock.</summary>
    public abstract void Decide(bool isAdmitted);
}
