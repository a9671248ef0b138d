using CloudNative.Local.Output;
using CloudNative.Local.Processes;

namespace CloudNative.Local.Supervision;

/// <summary>
/// Keeps one replica running: starts it, watches it get ready, starts it again with backoff when it dies, moves it once to another
/// port when its own was taken. <see cref="RunAsync"/> is its one loop; the other members may be called from any thread.
/// </summary>
internal sealed class Replica : IDisposable
{
    private const int DeathsOfALoop = 5;

    private static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(10);

    private readonly ReplicaPlan _plan;
    private readonly SupervisionContext _context;
    private readonly ReadinessProbe _probe;
    private readonly ReplicaLog _log;
    private readonly Backoff _backoff = new(Random.Shared);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalReplica _snapshot;
    private ChildProcess? _child;
    private TaskCompletionSource _restart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _readyAfterRestart;
    private string? _lastAnswer;
    private bool _moved;
    private bool _saidLoop;

    public Replica(ReplicaPlan plan, SupervisionContext context, ReadinessProbe probe)
    {
        _plan = plan;
        _context = context;
        _probe = probe;
        var file = Path.Combine(context.Directory.Logs, $"{plan.Name.Full}.log");
        _log = new ReplicaLog(plan.Name, file, context.Console, context.ShowsAll(plan.Service.Name));
        _snapshot = new LocalReplica(
            plan.Service.Name, plan.Name.Number, LocalReplicaState.Waiting, Address(plan.Port), null, 0, file);
    }

    public event Action<LocalReplica>? Changed;

    public ReplicaName Name => _plan.Name;

    public LocalReplica Snapshot
    {
        get
        {
            lock (_gate)
            {
                return _snapshot;
            }
        }
    }

    /// <summary>Ends when the replica was ready for the first time; fails when it will not be.</summary>
    public Task FirstReady => _firstReady.Task;

    /// <summary>Fails when the replica cannot be run at all; else never ends before the run does.</summary>
    public Task Failure => _failure.Task;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await RunOnceAsync(stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            _failure.TrySetException(e as LocalAppException
                ?? new LocalAppException(LocalAppExitCodes.Failed, $"{Name.Display} could not be run: {e.Message}", e));
        }
        finally
        {
            _firstReady.TrySetCanceled(CancellationToken.None);
            _readyAfterRestart?.TrySetCanceled(CancellationToken.None);
            Set(LocalReplicaState.Stopped, processId: null);
        }
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        ChildProcess? child;
        lock (_gate)
        {
            child = _child;
        }

        if (child is null || child.Completion.IsCompleted)
        {
            throw new InvalidOperationException($"{Name.Full} has no process now.");
        }

        child.Kill();
        await child.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        Task ready;
        lock (_gate)
        {
            _readyAfterRestart ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ready = _readyAfterRestart.Task;
            _restart.TrySetResult();
        }

        await ready.WaitAsync(_context.Options.StopTimeout + _context.Options.ReadyTimeout, _context.Time, cancellationToken)
            .ConfigureAwait(false);
    }

    public void KillNow()
    {
        lock (_gate)
        {
            _child?.Kill();
        }
    }

    /// <summary>What is known of a replica that did not get ready.</summary>
    public string Describe() =>
        $"{Name.Display} is not ready: {_lastAnswer ?? "it has not answered yet"}. Its last lines:{Environment.NewLine}{_log.DescribeTail()}"
        + $"{Environment.NewLine}  all of them: {_log.File}";

    public void Dispose()
    {
        _child?.Dispose();
        _log.Dispose();
    }

    private async Task RunOnceAsync(CancellationToken stopping)
    {
        var started = _context.Time.GetTimestamp();
        using var child = Start();
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watch = WatchAsync(child.Id, child.Completion, started, life.Token);
        var restart = RestartRequest();
        await WaitAnyAsync(stopping, child.Completion, restart).ConfigureAwait(false);
        await life.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
        var died = child.Completion.IsCompleted;
        if (!died)
        {
            Set(LocalReplicaState.Stopping, child.Id);
            await child.StopAsync(_context.Options.StopTimeout, _context.Time).ConfigureAwait(false);
        }

        Release();
        if (died && !stopping.IsCancellationRequested)
        {
            await AfterDeathAsync(await child.Completion.ConfigureAwait(false), started, stopping).ConfigureAwait(false);
        }
    }

    private ChildProcess Start()
    {
        lock (_gate)
        {
            _lastAnswer = null;
            if (_restart.Task.IsCompleted)
            {
                _restart = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _log.Begin($"start {_snapshot.Starts + 1} of {Name.Full}, {_context.Time.GetLocalNow():O}");
            var environment = ChildEnvironment.For(_plan.Service, _snapshot.Address, _context.Directory.Data, Name.Full);
            var directory = Path.GetDirectoryName(_plan.Service.ProjectFile)!;
            _child = ChildProcess.Start(_plan.Program, directory, _plan.Service.Name, environment, _log.Add);
        }

        Set(LocalReplicaState.Starting, _child.Id, starts: 1);
        return _child;
    }

    private void Release()
    {
        lock (_gate)
        {
            _child = null;
        }
    }

    private Task RestartRequest()
    {
        lock (_gate)
        {
            return _restart.Task;
        }
    }

    private async Task WatchAsync(int processId, Task end, long started, CancellationToken cancellationToken)
    {
        try
        {
            await _probe.WaitAsync(Snapshot.Address, answer => _lastAnswer = answer, cancellationToken).ConfigureAwait(false);
            if (!end.IsCompleted)
            {
                BecomeReady(processId, started);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ended first, or is to end.
        }
    }

    private void BecomeReady(int processId, long started)
    {
        _saidLoop = false;
        var address = Snapshot.Address is { } uri ? $" on {uri.GetLeftPart(UriPartial.Authority)}" : "";
        var seconds = _context.Time.GetElapsedTime(started).TotalSeconds;
        _context.Console.WriteChange(Name, $"ready{address} after {seconds:0.0} s (process {processId})");
        Set(LocalReplicaState.Ready, processId);
        _firstReady.TrySetResult();
        lock (_gate)
        {
            if (!_restart.Task.IsCompleted)
            {
                _readyAfterRestart?.TrySetResult();
                _readyAfterRestart = null;
            }
        }
    }

    private async Task AfterDeathAsync(int exitCode, long started, CancellationToken stopping)
    {
        if (_log.SawAddressInUse && Move())
        {
            return;
        }

        if (_context.Time.GetElapsedTime(started) > HealthyAfter)
        {
            _backoff.Reset();
        }

        var wait = _backoff.Next();
        Set(LocalReplicaState.BackingOff, processId: null);
        SayDeath(exitCode, wait);
        using var delay = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await WaitAnyAsync(stopping, Task.Delay(wait, _context.Time, delay.Token), RestartRequest()).ConfigureAwait(false);
        await delay.CancelAsync().ConfigureAwait(false);
    }

    private void SayDeath(int exitCode, TimeSpan wait)
    {
        var end = ExitText.Describe(exitCode);
        if (_backoff.Failures < DeathsOfALoop)
        {
            _context.Console.WriteChange(Name, $"{end}; it starts again in {wait.TotalSeconds:0.0} s");
            return;
        }

        var text = $"CN8054 {Name.Display} keeps dying, {_backoff.Failures} times in a row; the last time it {end}. "
            + $"Its last lines:{Environment.NewLine}{_log.DescribeTail()}{Environment.NewLine}  all of them: {_log.File}";
        if (!_firstReady.Task.IsCompleted)
        {
            throw new LocalAppException(LocalAppExitCodes.Failed, text);
        }

        if (!_saidLoop)
        {
            _saidLoop = true;
            _context.Console.WriteError(text);
            _context.Console.WriteChange(Name, "it is started again every few seconds; nothing more is said until it is ready");
        }
    }

    // The port was free when it was taken for us, and somebody was faster. Once, because a second time points at the service itself.
    private bool Move()
    {
        if (_moved || Snapshot.Address is null)
        {
            return false;
        }

        if (!_plan.MayMove)
        {
            throw PortConflict.Exception(_plan.Service.Name, Snapshot.Address.Port);
        }

        _moved = true;
        var port = _context.Ports.Take(Name.Full);
        _context.Console.WriteChange(Name, $"port {Snapshot.Address.Port} was taken meanwhile; it moves to {port}");
        lock (_gate)
        {
            _snapshot = _snapshot with { Address = Address(port) };
        }

        return true;
    }

    private void Set(LocalReplicaState state, int? processId, int starts = 0)
    {
        LocalReplica snapshot;
        lock (_gate)
        {
            snapshot = _snapshot = _snapshot with { State = state, ProcessId = processId, Starts = _snapshot.Starts + starts };
        }

        Changed?.Invoke(snapshot);
    }

    private static async Task WaitAnyAsync(CancellationToken cancellationToken, params Task[] tasks)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var end = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled.Token);
        await Task.WhenAny([end, .. tasks]).ConfigureAwait(false);
        await cancelled.CancelAsync().ConfigureAwait(false);
    }

    private static Uri? Address(int? port) => port is null ? null : new UriBuilder("http", "127.0.0.1", port.Value).Uri;
}
