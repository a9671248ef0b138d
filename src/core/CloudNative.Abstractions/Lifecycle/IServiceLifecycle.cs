namespace CloudNative.Lifecycle;

/// <summary>The one state machine that every feature hangs on. A singleton; thread-safe.</summary>
public interface IServiceLifecycle
{
    /// <summary>Where the service stands.</summary>
    LifecyclePhase Phase { get; }

    /// <summary>
    /// Fires when the service leaves <see cref="LifecyclePhase.Started"/>: take no new work from now on.
    /// </summary>
    CancellationToken Withdrawing { get; }

    /// <summary>Completes when the service has reached the phase, or a later one.</summary>
    /// <param name="phase">The phase to wait for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes then.</returns>
    Task WaitForAsync(LifecyclePhase phase, CancellationToken cancellationToken);
}
