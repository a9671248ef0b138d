using CloudNative.Discovery.Balancing;
using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Discovery.Tests.Simulation;

/// <summary>
/// Callers with real endpoint tables and instances made of numbers, in virtual time: calls arrive at random, wait for workers, end, and
/// the callers learn of it. One thread and one seed, so a run is the same each time.
/// </summary>
internal sealed class ClusterSimulation(SimulationPlan plan)
{
    private readonly FakeTimeProvider _time = new();
    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private readonly List<(double Began, double Seconds)> _latencies = [];
    private readonly Random _random = new(plan.Seed);
    private readonly SimulatedServer[] _servers =
        [.. Enumerable.Range(0, plan.Instances).Select(index => new SimulatedServer(new Random(index)))];
    private DateTimeOffset _start;
    private long _order;
    private double _now;
    private int _failed;
    private int _toTheOddOne;

    public async Task<SimulationResult> RunAsync()
    {
        var callers = new List<(DiscoveryHarness Harness, ServiceEndpoints Catalog, LoadBalancer? Balancer)>();
        for (var index = 0; index < plan.Callers; index++)
        {
            callers.Add(await CreateCallerAsync(index));
        }

        _start = _time.GetUtcNow();
        At(plan.TurnsAfter, () => _servers[0].Fate = plan.Fate);
        foreach (var (_, catalog, balancer) in callers)
        {
            At(NextArrival(), () => Arrive(catalog, balancer));
        }

        while (_events.TryDequeue(out var happens, out var when))
        {
            _now = when.At;
            _time.SetUtcNow(_start + TimeSpan.FromSeconds(_now));
            happens();
        }

        foreach (var (harness, _, _) in callers)
        {
            await harness.DisposeAsync();
        }

        return new SimulationResult(_latencies, _failed, _toTheOddOne);
    }

    private async Task<(DiscoveryHarness Harness, ServiceEndpoints Catalog, LoadBalancer? Balancer)> CreateCallerAsync(int index)
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer(Enumerable.Range(0, plan.Instances).Select(server => $"i{server}")));
        var harness = new DiscoveryHarness(
            new() { ["CloudNative:Discovery:Ejection:Enabled"] = $"{plan.Ejection}" },
            services => services
                .AddSource(source)
                .AddSingleton<TimeProvider>(_time)
                .AddSingleton(new Chance(plan.Seed + index)));
        var catalog = harness.Table.Get("catalog");
        await catalog.WaitForAnswerAsync(TestContext.Current.CancellationToken);
        return (harness, catalog, harness.Services.GetRequiredService<LoadBalancers>().Get(new() { Policy = plan.Policy }));
    }

    private void Arrive(ServiceEndpoints catalog, LoadBalancer? balancer)
    {
        Try(catalog, balancer, _now, []);
        if (_now + NextArrival() is var next && next < plan.Seconds)
        {
            At(next, () => Arrive(catalog, balancer));
        }
    }

    private void Try(ServiceEndpoints catalog, LoadBalancer? balancer, double began, EndpointState[] tried)
    {
        if (!catalog.TryPick(new PickRequest(default, null, tried, null, balancer), out var pick))
        {
            _failed++;
            return;
        }

        var server = _servers[int.Parse(pick.State.Instance.Id.AsSpan(1), null)];
        _toTheOddOne += server.Fate == Fate.Healthy ? 0 : 1;
        switch (server.Fate)
        {
            case Fate.Refuses or Fate.BlackHole:
                At(_now + (server.Fate == Fate.Refuses ? 0.0002 : SimulationPlan.ConnectTimeout), () =>
                {
                    pick.Complete(EndpointOutcome.ConnectFailure);
                    Try(catalog, balancer, began, [.. tried, pick.State]);
                });
                break;
            case Fate.Errors:
                At(_now + 0.0005, () =>
                {
                    pick.Complete(EndpointOutcome.Failure);
                    _failed++;
                });
                break;
            default:
                At(server.Serve(_now), () =>
                {
                    pick.Complete(EndpointOutcome.Success);
                    _latencies.Add((began, _now - began));
                });
                break;
        }
    }

    // Poisson arrivals, all callers together at the planned share of what the healthy instances can do.
    private double NextArrival()
    {
        var perSecond = plan.Utilisation * plan.Instances * SimulatedServer.Workers / SimulatedServer.MeanSeconds / plan.Callers;
        return -Math.Log(1 - _random.NextDouble()) / perSecond;
    }

    private void At(double seconds, Action happens) => _events.Enqueue(happens, (seconds, _order++));
}
