using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Discovery.Tests.Support;

/// <summary>The service <c>catalog</c> with instances whose fate the test decides.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly DiscoveryHarness _harness;

    private TestService(DiscoveryHarness harness, ScriptedSource source)
    {
        _harness = harness;
        Source = source;
        Endpoints = harness.Table.Get("catalog");
    }

    public ScriptedSource Source { get; }

    public ServiceEndpoints Endpoints { get; }

    public IMeterFactory Meters => _harness.Meters;

    public ChangingConfiguration Settings => _harness.Settings;

    public FakeTimeProvider Time => _harness.Time;

    public FakeLogCollector Logs => _harness.Logs;

    public IEnumerable<string> Lines => Logs.GetSnapshot().Select(line => line.Message);

    public static Task<TestService> CreateAsync(params string[] ids) => CreateWithAsync([], ids);

    public static async Task<TestService> CreateOfAsync(params ServiceInstance[] instances)
    {
        var service = await CreateAsync("first");
        await service.SayAsync(EndpointUpdate.Answer(instances));
        return service;
    }

    public static async Task<TestService> CreateWithAsync(Dictionary<string, string?> settings, params string[] ids)
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer(ids));
        var service = new TestService(new DiscoveryHarness(settings, services => services.AddSource(source)), source);
        await service.Endpoints.WaitForAnswerAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public async Task SayAsync(EndpointUpdate update)
    {
        var seen = Endpoints.Snapshot;
        Source.Say("catalog", update);
        await Eventually.WithinAsync(Endpoints.WaitForChangeAsync(seen, TestContext.Current.CancellationToken).AsTask());
    }

    /// <summary>The balancer of a client with these options.</summary>
    public LoadBalancer? Balancer(LoadBalancingOptions options) =>
        _harness.Services.GetRequiredService<LoadBalancers>().Get(options);

    /// <summary>How many of so many calls each instance got, without time passing or anything being learned of it.</summary>
    public Dictionary<string, int> Drawn(LoadBalancer? balancer, int calls, string? key = null)
    {
        var drawn = Endpoints.Snapshot.Endpoints.ToDictionary(state => state.Instance.Id, _ => 0);
        for (var call = 0; call < calls; call++)
        {
            Assert.True(Endpoints.TryPick(new PickRequest(default, key: key, balancer: balancer), out var pick));
            drawn[pick.State.Instance.Id]++;
            pick.Complete(EndpointOutcome.Abandoned);
        }

        return drawn;
    }

    /// <summary>How many of so many calls each instance got that a client with this balancer made one after the other.</summary>
    public Dictionary<string, int> Shares(LoadBalancer? balancer, int calls, string? key = null)
    {
        var shares = Endpoints.Snapshot.Endpoints.ToDictionary(state => state.Instance.Id, _ => 0);
        for (var call = 0; call < calls; call++)
        {
            Assert.True(Endpoints.TryPick(new PickRequest(default, key: key, balancer: balancer), out var pick));
            shares[pick.State.Instance.Id]++;
            Time.Advance(TimeSpan.FromMilliseconds(1));
            pick.Complete(EndpointOutcome.Success);
        }

        return shares;
    }

    public EndpointState State(string id) => Endpoints.Snapshot.Endpoints.Single(state => state.Instance.Id == id);

    public bool IsEjected(string id) => State(id).EjectedUntil > Time.GetTimestamp();

    /// <summary>Takes this one instance, by leaving out all others.</summary>
    public EndpointPick Take(string id)
    {
        var others = Endpoints.Snapshot.Endpoints.Where(state => state.Instance.Id != id).ToArray();
        Assert.True(Endpoints.TryPick(new PickRequest(default, tried: others.Length > 0 ? others : [null!]), out var pick));
        Assert.Equal(id, pick.State.Instance.Id);
        return pick;
    }

    public void End(string id, EndpointOutcome outcome) => Take(id).Complete(outcome);

    public void Fail(string id, EndpointOutcome outcome, int times)
    {
        for (var count = 0; count < times; count++)
        {
            End(id, outcome);
        }
    }

    /// <summary>Who is picked in so many calls.</summary>
    public IEnumerable<string> Picked(int calls, EndpointOutcome outcome = EndpointOutcome.Success) =>
        Enumerable.Range(0, calls).Select(_ => Endpoints.PickAndComplete(outcome)!).Distinct().Order();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
