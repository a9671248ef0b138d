namespace CloudNative.Embedded.Events.Writing;

/// <summary>
/// Lets the processes write in turn. SQLite's own lock has no queue: who just wrote finds it free again while the others sleep, and some
/// wait for seconds. It is about fairness alone; who waited in vain may write all the same, since SQLite's lock still holds.
/// </summary>
internal interface ITurnstile : IDisposable
{
    /// <summary>Waits for this process's turn. False when it did not come in time.</summary>
    bool TryEnter(TimeSpan patience);

    /// <summary>Lets the next one in. Called after <see cref="TryEnter"/> was true, on the same thread.</summary>
    void Leave();
}
