using CloudNative.Leases;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What <see cref="LeaseProviderConformance"/> tests: two processes of the same app, or two providers that behave as
/// such, and the clock they go by. Nobody holds a lease when it is created.
/// </summary>
public abstract class LeaseSubject : IAsyncDisposable
{
    /// <summary>The leases as one process sees them.</summary>
    public abstract ILeaseProvider First { get; }

    /// <summary>The leases as another process sees them.</summary>
    public abstract ILeaseProvider Second { get; }

    /// <summary>Lets time pass for both, with the renewals that fall due done when the task completes.</summary>
    /// <param name="time">How much.</param>
    /// <returns>A task that completes when the time has passed.</returns>
    public abstract Task AdvanceAsync(TimeSpan time);

    /// <summary>
    /// Lets time pass for the second process while the first is paused, as a process stopped by a signal is.
    /// </summary>
    /// <param name="time">How much.</param>
    /// <returns>A task that completes when the time has passed.</returns>
    public abstract Task AdvanceSecondAloneAsync(TimeSpan time);

    /// <summary>Lets the first process run on, and see how late it is.</summary>
    /// <returns>A task that completes when it has.</returns>
    public abstract Task ResumeFirstAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
