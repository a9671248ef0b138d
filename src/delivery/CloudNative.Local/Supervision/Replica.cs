using CloudNative.Local.Output;
using CloudNative.Local.Ports;
using CloudNative.Local.Processes;
using CloudNative.Local.Running;

namespace CloudNative.Local.Supervision;

/// <summary>
/// Keeps one replica running: starts it, watches it get ready, starts it again with backoff when it dies, moves it
/// once to another
/// port when its own was taken. <see cref="RunAsync"/> is its one loop; the other members may be called from any
/// thread.
/// </summary>
internal sealed class Replica : IDisposable
{
    // A process that lived as long dies for a new reason, not in a loop.
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(10);

    private readonly ReplicaPlan _plan;
    private readonly SupervisionContext _context;
    private readonly ReplicaWatch _watch;
    private readonly ReplicaLog _log;
    private readonly Deaths _deaths;
    private readonly RestartGate _restart = new();
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ChildProcess? _child;
    private IReadOnlyList<ReplicaPort> _ports;
    private bool _moved;

    public Replica(ReplicaPlan plan, SupervisionContext context, ReadinessProbe probe)
    {
        _plan = plan;
        _ports = plan.Ports;
        _context = context;
        var file = Path.Combine(context.Directory.Logs, $"{plan.Name.Full}.log");
        _log = new ReplicaLog(plan.Name, file, context.Console, context.ShowsAll(plan.Service.Name));
        _deaths = new Deaths(plan.Name, _log, context.Console, new Backoff(Random.Shared));
        var first = new LocalReplica(
            plan.Service.Name, plan.Name.Number, LocalReplicaState.Waiting, ReplicaPorts.Main(_ports), null, 0, file);
        Status = new ReplicaStatus(first with { NamedAddresses = ReplicaPorts.Named(_ports) });
        _watch = new ReplicaWatch(plan.Name, Status, _log, probe, context);
    }

    public ReplicaName Name => _plan.Name;

    public ReplicaStatus Status { get; }

    /// <summary>Ends when the replica was ready for the first time; cancelled when it ends before.</summary>
    public Task FirstReady => _watch.FirstReady;

    /// <summary>Fails when the replica cannot be run at all; otherwise never ends.</summary>
    public Task Failure => _failure.Task;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await (_restart.TryBegin() ? RunOnceAsync(stopping) : RestAsync(stopping)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        catch (Exception e)
        {
            var failure = e as LocalAppException
                ?? new LocalAppException(LocalAppExitCodes.Failed, $"{Name.Display} could not be run: {e.Message}", e);
            _watch.Close(failure);
            _failure.TrySetException(failure);
        }
        finally
        {
            _watch.Close(failure: null);
            _restart.Close();
            Status.Set(LocalReplicaState.Stopped, processId: null);
        }
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (_child is not { Completion.IsCompleted: false } child)
        {
            throw new InvalidOperationException($"{Name.Full} has no process now.");
        }

        child.Kill();
        await child.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="LocalAppException">It did not get ready again, or the app is being stopped.</exception>
    public Task RestartAsync(CancellationToken cancellationToken) => WaitUntilReadyAsync(_restart.Ask(), cancellationToken);

    /// <summary>Starts it where it was stopped.</summary>
    /// <exception cref="LocalAppException">It did not get ready, or the app is being stopped.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => WaitUntilReadyAsync(_restart.Start(), cancellationToken);

    /// <summary>Stops it until it is started again; ends when there is no process.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _restart.Stop().WaitAsync(cancellationToken);

    public void KillNow() => _child?.Kill();

    /// <summary>What is known of a replica that did not get ready.</summary>
    public string Describe() => _watch.Describe();

    public void Dispose()
    {
        _child?.Dispose();
        _log.Dispose();
    }

    private async Task WaitUntilReadyAsync(Task ready, CancellationToken cancellationToken)
    {
        var limit = _context.Options.StopTimeout + _context.Options.ReadyTimeout;
        try
        {
            await ready.WaitAsync(limit, _context.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new LocalAppException(LocalAppExitCodes.Timeout, $"{ErrorIds.NotReady} {_watch.Describe()}");
        }
        catch (OperationCanceledException) when (ready.IsCanceled)
        {
            throw new LocalAppException(
                LocalAppExitCodes.Cancelled, $"{Name.Display} was not started, because it was stopped meanwhile.");
        }
    }

    private async Task RestAsync(CancellationToken stopping)
    {
        Status.Set(LocalReplicaState.Stopped, processId: null);
        _context.Console.WriteChange(Name, "stopped; it stays so until it is started");
        await EndOf.AnyAsync(stopping, _restart.Rest()).ConfigureAwait(false);
    }

    private async Task RunOnceAsync(CancellationToken stopping)
    {
        var started = _context.Time.GetTimestamp();
        using var child = Start();
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watch = WatchAsync(child.Id, started, life.Token);
        await EndOf.AnyAsync(stopping, child.Completion, _restart.Wish).ConfigureAwait(false);
        await life.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
        var died = child.Completion.IsCompleted;
        if (!died)
        {
            Status.Set(LocalReplicaState.Stopping, child.Id);
            await child.StopAsync(_context.Options.StopTimeout, _context.Time).ConfigureAwait(false);
        }

        _child = null;
        if (died && !stopping.IsCancellationRequested)
        {
            await AfterDeathAsync(await child.Completion.ConfigureAwait(false), started, stopping).ConfigureAwait(false);
        }
    }

    private ChildProcess Start()
    {
        _log.Begin($"start {Status.Snapshot.Starts + 1} of {Name.Full}, {_context.Time.GetLocalNow():O}");
        var environment = ChildEnvironment.For(_plan.Service, _ports, _context.Directory.Data, _context.Options.Providers, Name.Full);
        if (_context.Control is { } control)
        {
            environment[ChildEnvironment.ControlVariable] = control;
        }

        Directory.CreateDirectory(Path.Combine(_context.Directory.Data, _plan.Service.Name));
        var directory = Path.GetDirectoryName(_plan.Service.ProjectFile)!;
        var child = ChildProcess.Start(_plan.Program, directory, _plan.Service.Name, environment, _log.Add, _context.Time);
        _child = child;
        Status.SetStarted(child.Id);
        return child;
    }

    private async Task WatchAsync(int processId, long started, CancellationToken life)
    {
        if (await _watch.BecomesReadyAsync(processId, started, life).ConfigureAwait(false))
        {
            _deaths.Forget();
            _restart.Fulfil();
            await _watch.FollowAsync(processId, life).ConfigureAwait(false);
        }
    }

    private async Task AfterDeathAsync(int exitCode, long started, CancellationToken stopping)
    {
        if (_log.SawAddressInUse && Move())
        {
            return;
        }

        Status.Set(LocalReplicaState.BackingOff, processId: null);
        var wasHealthy = _context.Time.GetElapsedTime(started) > HealthyAfter;
        var wait = _deaths.Add(exitCode, wasHealthy, FirstReady.IsCompletedSuccessfully);
        using var delay = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await EndOf.AnyAsync(stopping, Task.Delay(wait, _context.Time, delay.Token), _restart.Wish).ConfigureAwait(false);
        await delay.CancelAsync().ConfigureAwait(false);
    }

    // A port was free when it was taken for us, and somebody was faster. Once, because a second time points at the
    // service itself.
    private bool Move()
    {
        // Of one port alone it is known which; it may be free again by now.
        var taken = _ports.Count == 1 ? _ports : [.. _ports.Where(port => !PortAllocator.IsFree(port.Number))];
        if (_moved || taken.Count == 0)
        {
            return false;
        }

        if (taken.FirstOrDefault(port => !port.Definition.Fallback) is { } port)
        {
            // An app that ran already goes on without the replica until the port is free again.
            return FirstReady.IsCompletedSuccessfully
                ? false
                : throw PortConflict.Exception(_plan.Service.Name, port.Definition.Name, port.Number);
        }

        _moved = true;
        _ports = [.. _ports.Select(old => taken.Contains(old) ? MoveOne(old) : old)];
        Status.MoveTo(_ports);
        return true;
    }

    private ReplicaPort MoveOne(ReplicaPort old)
    {
        var port = PortTaking.Replace(Name, old, _context);
        _context.Console.WriteChange(Name, $"port {old.Number} was taken meanwhile; it moves to {port.Number}");
        return port;
    }
}
