namespace CloudNative.Deadlines;

/// <summary>
/// The deadline of the work under way, where there is one. It follows the work through awaits and into tasks it starts, and every call
/// to a service made there has no more time than it leaves. A server begins it for each request that brings one; a batch job may
/// begin its own. A singleton of the host; thread-safe.
/// </summary>
/// <param name="time">The host's clock.</param>
public sealed class DeadlineContext(TimeProvider time)
{
    // The only ambient value of all packages.
    private readonly AsyncLocal<Deadline?> _current = new();

    /// <summary>The deadline in force; <see langword="null"/> for none.</summary>
    public Deadline? Current => _current.Value;

    /// <summary>
    /// Gives the work that follows a deadline, until the scope is disposed or the asynchronous method that called this returns. A
    /// deadline can only be narrowed: where an earlier one is in force, that one stays.
    /// </summary>
    /// <param name="timeLeft">How long from now; nothing and less means that it has passed.</param>
    /// <returns>The scope; dispose it in the method that called this.</returns>
    public DeadlineScope Begin(TimeSpan timeLeft)
    {
        var outer = _current.Value;
        var deadline = timeLeft == Timeout.InfiniteTimeSpan ? outer : Deadline.After(time, timeLeft);
        return Enter(outer is not null && outer.Timestamp <= deadline!.Timestamp ? outer : deadline);
    }

    /// <summary>
    /// Lifts the deadline for work that is to go on when nobody waits any more: what a request starts and leaves behind.
    /// </summary>
    /// <returns>The scope; dispose it in the method that called this.</returns>
    public DeadlineScope Lift() => Enter(null);

    internal void Restore(Deadline? deadline) => _current.Value = deadline;

    private DeadlineScope Enter(Deadline? deadline)
    {
        var outer = _current.Value;
        var scope = new DeadlineScope(this, outer, ReferenceEquals(deadline, outer) ? null : deadline);
        _current.Value = deadline;
        return scope;
    }
}
