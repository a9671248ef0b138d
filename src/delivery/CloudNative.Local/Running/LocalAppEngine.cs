using CloudNative.AppModel;
using CloudNative.Local.Building;
using CloudNative.Local.Control;
using CloudNative.Local.Joining;
using CloudNative.Local.Output;
using CloudNative.Local.Ports;
using CloudNative.Local.Supervision;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudNative.Local.Running;

/// <summary>
/// Runs the app: reads its file, builds, starts, waits until all are ready, and keeps them running until the host
/// stops. The start goes on in the background, so that a driver in the same host can watch it.
/// </summary>
internal sealed class LocalAppEngine : IHostedService, ILocalApp, IDisposable
{
    private readonly LocalAppOptions _options;
    private readonly IProgramSource _programs;
    private readonly AppConsole _console;
    private readonly IHostApplicationLifetime _host;
    private readonly TimeProvider _time;
    private readonly ControlServer _control;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile AppRun? _run;
    private volatile LocalAppPhase _phase;
    private volatile bool _wasReady;
    private RunDirectory? _directory;
    private Task _running = Task.CompletedTask;
    private int? _exitCode;

    public LocalAppEngine(
        IOptions<LocalAppOptions> options,
        IProgramSource programs,
        AppConsole console,
        IHostApplicationLifetime host,
        TimeProvider time)
    {
        _options = options.Value;
        _programs = programs;
        _console = console;
        _host = host;
        _time = time;
        _control = new ControlServer(this, console, time);
    }

    public event EventHandler<LocalReplicaEventArgs>? ReplicaChanged;

    public string Name { get; private set; } = "";

    public string RunDirectory => _directory?.Path ?? "";

    public LocalAppPhase Phase => _phase;

    public int ExitCode
    {
        get
        {
            lock (_gate)
            {
                return _exitCode ?? LocalAppExitCodes.Success;
            }
        }
    }

    public IReadOnlyList<LocalService> Services => _run?.Snapshot() ?? [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_wasReady)
        {
            SetExitCode(LocalAppExitCodes.Cancelled);
        }

        _phase = LocalAppPhase.Stopping;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _phase = LocalAppPhase.Stopped;
        if (Name.Length > 0)
        {
            _console.Write($"{Name}: stopped");
        }
    }

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    public Task KillAsync(string service, int replica, CancellationToken cancellationToken) =>
        Find(service).FirstOrDefault(candidate => candidate.Name.Number == replica) is { } found
            ? found.KillAsync(cancellationToken)
            : throw new ArgumentException($"'{service}' has no replica {replica} in this run.", nameof(replica));

    public async Task RestartAsync(string service, CancellationToken cancellationToken)
    {
        foreach (var replica in Find(service))
        {
            await replica.RestartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StopAsync(string service, CancellationToken cancellationToken) =>
        _wasReady
            ? Task.WhenAll(Find(service).Select(replica => replica.StopAsync(cancellationToken)))
            : throw new InvalidOperationException($"'{service}' can be stopped once the app has been ready.");

    public Task StartAsync(string service, CancellationToken cancellationToken) =>
        Task.WhenAll(Find(service).Select(replica => replica.StartAsync(cancellationToken)));

    public void RequestStop(int exitCode)
    {
        SetExitCode(exitCode);
        _host.StopApplication();
    }

    /// <summary>The user asked to stop.</summary>
    public void Interrupt()
    {
        _console.Write($"{(Name.Length > 0 ? Name + ": " : "")}stopping; press Ctrl-C again to kill at once");
        // Not the phase: the host hears the same signal, and may have begun to stop before we are asked.
        RequestStop(_wasReady ? LocalAppExitCodes.Success : LocalAppExitCodes.Cancelled);
    }

    /// <summary>The user asked a second time.</summary>
    public void KillAll()
    {
        lock (_gate)
        {
            _exitCode = LocalAppExitCodes.Cancelled;
        }

        _run?.KillAll();
    }

    public void Dispose()
    {
        _run?.Dispose();
        _directory?.Dispose();
        _control.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await StartAllAsync(stopping).ConfigureAwait(false);
            var first = await Task.WhenAny(_run!.Completion, _run.Failure).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Fail(LocalAppExitCodes.Cancelled, "The app was stopped before it was ready.", null);
        }
        catch (AppModelException e)
        {
            _console.WriteError(e.Message);
            Fail(LocalAppExitCodes.InvalidInput, e.Message, e);
        }
        catch (LocalAppException e)
        {
            _console.WriteError(e.Message);
            Fail(e.ExitCode, e.Message, e);
        }
        catch (Exception e)
        {
            _console.WriteError(e.ToString());
            Fail(LocalAppExitCodes.Failed, e.Message, e);
        }

        if (_run is not null)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _run.Completion.ConfigureAwait(false);
        }

        await _control.StopAsync().ConfigureAwait(false);
    }

    private async Task StartAllAsync(CancellationToken stopping)
    {
        var app = AppModelFile.Load(AppFileLookup.Find(_options.AppFile));
        Name = app.Name;
        ServiceNames.Check(app, _options);
        var directory = _directory = Running.RunDirectory.Take(_options.DataRoot, app.Name, app.File);
        _console.Write($"{Name}: run directory {directory.Path}");
        var context = NewContext(directory);
        var included = app with { Services = [.. app.InOrderOfNeeds().Where(IsIncluded)] };

        _phase = LocalAppPhase.Building;
        var started = _time.GetTimestamp();
        var projects = included.Services.DistinctBy(service => service.ProjectFile).Count();
        var building = _options.Build ? $"building {Count(projects, "project", "projects")}" : "not building (--no-build)";
        _console.Write($"{Name}: {building}");
        var built = await _programs.GetAsync(included, directory, stopping).ConfigureAwait(false);
        _console.Write($"{Name}: {(_options.Build ? "built" : "found")} in {_time.GetElapsedTime(started).TotalSeconds:0.0} s");

        ProviderNames.Check(_options.Providers, built);

        _phase = LocalAppPhase.Starting;
        started = _time.GetTimestamp();
        _run = AppRun.Create(app, built, LeftOut.Prepare(app, context), context);
        _run.Changed += replica => ReplicaChanged?.Invoke(this, new LocalReplicaEventArgs(replica));
        _console.Write($"{Name}: starting {Count(_run.Replicas.Count, "process", "processes")}");
        _run.Start(stopping);
        await _run.WaitUntilReadyAsync(stopping).ConfigureAwait(false);

        _wasReady = true;
        _phase = LocalAppPhase.Running;
        _console.Write($"{Name}: all ready in {_time.GetElapsedTime(started).TotalSeconds:0.0} s");
        _console.WriteTable(Services);
        Summary.Write(_console, app, Services, directory);
        _ready.TrySetResult();
    }

    private bool IsIncluded(ServiceDefinition service) => !_options.Without.Contains(service.Name);

    private SupervisionContext NewContext(RunDirectory directory)
    {
        var path = ControlSocket.PathFor(directory);
        var control = _control.TryStart(path) ? path : null;
        return new SupervisionContext(_options, directory, new PortAllocator(directory.Path), _console, _time, control);
    }

    private List<Replica> Find(string service)
    {
        var found = _run?.Replicas.Where(replica => replica.Name.Service == service).ToList() ?? [];
        return found.Count > 0 ? found : throw new ArgumentException($"'{service}' has no replica in this run.", nameof(service));
    }

    private static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";

    private void Fail(int exitCode, string message, Exception? cause)
    {
        _ready.TrySetException(cause as LocalAppException ?? new LocalAppException(exitCode, message, cause));
        RequestStop(exitCode);
    }

    private void SetExitCode(int exitCode)
    {
        lock (_gate)
        {
            _exitCode ??= exitCode;
        }
    }
}
