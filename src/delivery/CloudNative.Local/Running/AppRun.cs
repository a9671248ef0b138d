using CloudNative.AppModel;
using CloudNative.Local.Building;
using CloudNative.Local.Supervision;

namespace CloudNative.Local.Running;

/// <summary>The replicas of one run, from their plan to their end.</summary>
internal sealed class AppRun : IDisposable
{
    private readonly AppDefinition _app;
    private readonly IReadOnlyDictionary<string, Uri?> _elsewhere;
    private readonly SupervisionContext _context;
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseProxy = false };
    private readonly HttpMessageInvoker _http;

    private AppRun(
        AppDefinition app,
        IReadOnlyList<ReplicaPlan> plans,
        IReadOnlyDictionary<string, Uri?> elsewhere,
        SupervisionContext context)
    {
        _elsewhere = elsewhere;
        _app = app;
        _context = context;
        _http = new HttpMessageInvoker(_handler);
        var probe = new ReadinessProbe(_http, context.Time);
        Replicas = [.. plans.Select(plan => new Replica(plan, context, probe))];
        Failure = Task.WhenAny(Replicas.Select(replica => replica.Failure)).Unwrap();
        foreach (var replica in Replicas)
        {
            replica.Status.Changed += snapshot => Changed?.Invoke(snapshot);
        }
    }

    public event Action<LocalReplica>? Changed;

    public IReadOnlyList<Replica> Replicas { get; }

    /// <summary>Ends when every replica has ended.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Fails as soon as one replica cannot be run at all; otherwise never ends.</summary>
    public Task Failure { get; }

    public static AppRun Create(
        AppDefinition app,
        IReadOnlyDictionary<string, ServiceProgram> programs,
        IReadOnlyDictionary<string, Uri?> elsewhere,
        SupervisionContext context)
    {
        var plans = RunPlan.Create(app, programs, context);
        context.Console.AlignTo(plans.Select(plan => plan.Name.Display));
        return new AppRun(app, plans, elsewhere, context);
    }

    /// <summary>
    /// Starts all at once: services tolerate missing neighbours, and the slowest alone decides when all are ready.
    /// </summary>
    public void Start(CancellationToken stopping) =>
        Completion = Task.WhenAll(Replicas.Select(replica => Task.Run(() => replica.RunAsync(stopping), CancellationToken.None)));

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(Replicas.Select(replica => replica.FirstReady));
        try
        {
            var first = await Task.WhenAny(all, Failure)
                .WaitAsync(_context.Options.ReadyTimeout, _context.Time, cancellationToken).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var late = Replicas
                .Where(replica => !replica.FirstReady.IsCompletedSuccessfully)
                .Select(replica => replica.Describe());
            throw new LocalAppException(LocalAppExitCodes.Timeout,
                $"{ErrorIds.NotReady} Not ready after {_context.Options.ReadyTimeout.TotalSeconds:0.#} s, "
                + "so everything is stopped."
                + $"{Environment.NewLine}{string.Join(Environment.NewLine, late)}");
        }
    }

    public IReadOnlyList<LocalService> Snapshot() =>
        [.. _app.InOrderOfNeeds().Select(service => new LocalService(service.Name, Snapshot(service)))];

    public void KillAll()
    {
        foreach (var replica in Replicas)
        {
            replica.KillNow();
        }
    }

    public void Dispose()
    {
        foreach (var replica in Replicas)
        {
            replica.Dispose();
        }

        _http.Dispose();
        _handler.Dispose();
        _context.Ports.Dispose();
    }

    private List<LocalReplica> Snapshot(ServiceDefinition service)
    {
        var replicas = Replicas
            .Where(replica => replica.Name.Service == service.Name)
            .Select(replica => replica.Status.Snapshot)
            .ToList();
        var address = _elsewhere.GetValueOrDefault(service.Name);
        return replicas.Count > 0
            ? replicas
            : [new LocalReplica(service.Name, 1, LocalReplicaState.Elsewhere, address, null, 0, "")];
    }
}
