namespace CloudNative.Local;

/// <summary>
/// The app that this process runs: what a driver (a smoke test, a demonstration) needs to watch and disturb it. Resolve
/// it from the host's services. All members are safe to call from any thread.
/// </summary>
public interface ILocalApp
{
    /// <summary>The app's name; empty until its file has been read.</summary>
    string Name { get; }

    /// <summary>How far the run has come.</summary>
    LocalAppPhase Phase { get; }

    /// <summary>
    /// What the tool returns to its shell; one of <see cref="LocalAppExitCodes"/> unless <see cref="RequestStop"/>
    /// said otherwise.
    /// </summary>
    int ExitCode { get; }

    /// <summary>
    /// Full path of this run's own directory with <c>data</c> and <c>logs</c>; empty until the file has been read.
    /// </summary>
    string RunDirectory { get; }

    /// <summary>
    /// The services in the order of their needs, with the present state of each replica; empty until the file has
    /// been read.
    /// </summary>
    IReadOnlyList<LocalService> Services { get; }

    /// <summary>
    /// Raised after each change of a replica's state, on a pool thread; a handler must return quickly and not throw.
    /// </summary>
    event EventHandler<LocalReplicaEventArgs>? ReplicaChanged;

    /// <summary>Waits until all replicas of all services have been ready at once for the first time.</summary>
    /// <param name="cancellationToken">Ends the wait, not the app.</param>
    /// <returns>A task that ends when the app is ready.</returns>
    /// <exception cref="LocalAppException">The app could not be started, or is being stopped.</exception>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Kills a replica at once, as a crash would (SIGKILL); the engine starts it again after a short backoff.
    /// </summary>
    /// <param name="service">The service's name.</param>
    /// <param name="replica">The replica's number, from 1.</param>
    /// <param name="cancellationToken">Ends the wait for the process's end.</param>
    /// <returns>A task that ends when the process is gone.</returns>
    /// <exception cref="ArgumentException">There is no such replica in this run.</exception>
    /// <exception cref="InvalidOperationException">The replica has no process now.</exception>
    Task KillAsync(string service, int replica, CancellationToken cancellationToken);

    /// <summary>
    /// Stops all replicas of a service as a rollout would (SIGTERM, with time to drain), one after the other, and
    /// starts each again.
    /// </summary>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Ends the wait, not the restart of the replica at hand.</param>
    /// <returns>A task that ends when all replicas are ready again.</returns>
    /// <exception cref="ArgumentException">There is no such service in this run.</exception>
    /// <exception cref="LocalAppException">
    /// A replica did not become ready again, or the app is being stopped.
    /// </exception>
    Task RestartAsync(string service, CancellationToken cancellationToken);

    /// <summary>
    /// Stops all replicas of a service at once (SIGTERM, with time to drain); they stay stopped until <see
    /// cref="StartAsync"/> or
    /// <see cref="RestartAsync"/>.
    /// </summary>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Ends the wait, not the stop.</param>
    /// <returns>A task that ends when the service has no process.</returns>
    /// <exception cref="ArgumentException">There is no such service in this run.</exception>
    /// <exception cref="InvalidOperationException">The app has not been ready yet.</exception>
    Task StopAsync(string service, CancellationToken cancellationToken);

    /// <summary>Starts the replicas of a service that was stopped; those that run are left alone.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Ends the wait, not the start.</param>
    /// <returns>A task that ends when they are ready.</returns>
    /// <exception cref="ArgumentException">There is no such service in this run.</exception>
    /// <exception cref="LocalAppException">A replica did not become ready, or was stopped meanwhile.</exception>
    Task StartAsync(string service, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the run: stops the host, and with it every process. The first call decides the exit code.
    /// </summary>
    /// <param name="exitCode">What <see cref="LocalApp.RunAsync"/> returns.</param>
    void RequestStop(int exitCode);
}
