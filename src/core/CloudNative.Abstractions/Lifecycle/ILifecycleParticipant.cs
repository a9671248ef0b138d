namespace CloudNative.Lifecycle;

/// <summary>
/// A feature that announces the service, withdraws it or finishes work in hand. Registered with
/// <c>TryAddEnumerable</c>. Within a phase all participants run at once; an exception of one is logged and holds up
/// nobody.
/// </summary>
public interface ILifecycleParticipant
{
    /// <summary>
    /// The port is open. Announce the service; retry in the background rather than hold up the start.
    /// </summary>
    /// <param name="cancellationToken">Fires when the start is aborted.</param>
    /// <returns>A task that completes when the announcement was made or handed to the background.</returns>
    ValueTask AnnounceAsync(CancellationToken cancellationToken);

    /// <summary>The service is going away; the port is still open. Take the announcement back.</summary>
    /// <param name="cancellationToken">Fires when the budget for stopping is spent.</param>
    /// <returns>How long neighbours may still send work because of what was announced; zero when nothing was.</returns>
    ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken);

    /// <summary>Neighbours have had time to notice. Finish the work in hand.</summary>
    /// <param name="cancellationToken">Fires when <c>CloudNative:Lifecycle:DrainTimeout</c> has passed.</param>
    /// <returns>A task that completes when no work is left.</returns>
    ValueTask DrainAsync(CancellationToken cancellationToken);
}
