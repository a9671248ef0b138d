using CloudNative.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Benchmarks;

/// <summary>A service with so many instances, all of which have been called before.</summary>
internal sealed class PickScenario : IDisposable
{
    private readonly ServiceProvider _services;

    public PickScenario(int instances, LoadBalancingOptions? balancing = null)
    {
        var settings = Enumerable.Range(0, instances).ToDictionary(
            index => $"Services:catalog:http:{index}", index => (string?)$"http://10.{index / 65536}.{index / 256 % 256}.{index % 256}:80");
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddCloudNativeDiscovery();
        _services = services.BuildServiceProvider();
        Endpoints = _services.GetRequiredService<EndpointTable>().Get("catalog");
        Balancer = _services.GetRequiredService<LoadBalancers>().Get(balancing ?? new LoadBalancingOptions());
        PickAndComplete(instances * 20);
    }

    public ServiceEndpoints Endpoints { get; }

    public LoadBalancer? Balancer { get; }

    public EndpointQuery Query { get; } = new(EndpointSchemes.HttpsThenHttp, null);

    /// <summary>The pick alone: nothing is completed, so the numbers in flight grow, which costs nothing.</summary>
    public void Pick(int times)
    {
        for (var count = 0; count < times; count++)
        {
            Endpoints.TryPick(new PickRequest(Query), out _);
        }
    }

    /// <summary>Picks as the client is configured, and for a key.</summary>
    public void PickAndCompleteBalanced(int times)
    {
        for (var count = 0; count < times; count++)
        {
            Endpoints.TryPick(new PickRequest(Query, key: "tenant-7", balancer: Balancer), out var pick);
            pick.Complete(EndpointOutcome.Success);
        }
    }

    public void PickAndComplete(int times)
    {
        for (var count = 0; count < times; count++)
        {
            Endpoints.TryPick(new PickRequest(Query), out var pick);
            pick.Complete(EndpointOutcome.Success);
        }
    }

    public void Dispose() => _services.Dispose();
}
