using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What <see cref="EventTransportConformance"/> tests: two processes of the same app on one store, or two transports that behave as
/// such, and the clock they go by. The store is empty when it is created. What a provider cannot do in a test, such as pausing a
/// process, it leaves out; the tests that need it are then skipped.
/// </summary>
public abstract class EventTransportSubject : IAsyncDisposable
{
    /// <summary>The transport as one process sees it.</summary>
    public abstract IEventTransport First { get; }

    /// <summary>The transport as another process sees it.</summary>
    public abstract IEventTransport Second { get; }

    /// <summary>What the clock of both says.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>
    /// Lets time pass for both. When the task completes, all that fell due has been done: leases are renewed, and the sinks have got
    /// whatever they have credit for. A test that expects silence relies on this, also with a time of zero.
    /// </summary>
    /// <param name="time">How much; zero or more.</param>
    /// <returns>A task that completes when the time has passed.</returns>
    public abstract Task AdvanceAsync(TimeSpan time);

    /// <summary>
    /// How exactly a test can tell what time it is for the transport: something that is due is not asked for earlier than this before its
    /// time, and is there this much after it. Default 1 s; longer where the clock of the store itself cannot be moved.
    /// </summary>
    public virtual TimeSpan Precision => TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether the backlog holds what other members are handling and what is due later. A broker that does not tell leaves that out.
    /// </summary>
    public virtual bool CountsWholeBacklog => true;

    /// <summary>
    /// Whether the store counts an attempt, too, when a member of an ordered group that leaves hands an event back to its place. A store
    /// that cannot tell this from the death of the member does.
    /// </summary>
    public virtual bool CountsHandedBack => false;

    /// <summary>Whether the first process can be paused.</summary>
    public virtual bool CanPause => false;

    /// <summary>
    /// Lets time pass for the second process while the first is paused, as a process stopped by a signal is. When the task completes,
    /// all that fell due in the second has been done.
    /// </summary>
    /// <param name="time">How much.</param>
    /// <returns>A task that completes when the time has passed.</returns>
    public virtual Task AdvanceSecondAloneAsync(TimeSpan time) => throw new NotSupportedException();

    /// <summary>Lets the first process run on, and see how late it is.</summary>
    /// <returns>A task that completes when it has.</returns>
    public virtual Task ResumeFirstAsync() => throw new NotSupportedException();

    /// <summary>Whether the first process can be killed and started again.</summary>
    public virtual bool CanKill => false;

    /// <summary>
    /// Kills the first process and starts it again: <see cref="First"/> is another transport afterwards, without subscriptions, and
    /// what the old one held is noticed as lost when the task completes.
    /// </summary>
    /// <returns>A task that completes when the new one can be used.</returns>
    public virtual Task KillFirstAsync() => throw new NotSupportedException();

    /// <summary>Whether everything can be ended and started again on the same store.</summary>
    public virtual bool CanRestart => false;

    /// <summary>
    /// Ends both processes in order and starts them again: <see cref="First"/> and <see cref="Second"/> are others afterwards, without
    /// subscriptions.
    /// </summary>
    /// <returns>A task that completes when they can be used.</returns>
    public virtual Task RestartAsync() => throw new NotSupportedException();

    /// <summary>Whether the store can be made to fail.</summary>
    public virtual bool CanBreak => false;

    /// <summary>Makes the store fail for both, until it is mended.</summary>
    /// <returns>A task that completes when it does.</returns>
    public virtual Task BreakAsync() => throw new NotSupportedException();

    /// <summary>Mends the store.</summary>
    /// <returns>A task that completes when it can be reached again; that may be noticed later.</returns>
    public virtual Task MendAsync() => throw new NotSupportedException();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
