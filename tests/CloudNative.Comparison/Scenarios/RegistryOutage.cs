using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using CloudNative.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Comparison.Scenarios;

/// <summary>The registry goes down with a last signal of change; the instances are well.</summary>
internal static class RegistryOutage
{
    public const string Name = "registry down";

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        await using var instances = await Instances.StartAsync(healthy: 3);
        var none = new Dictionary<string, string?>();
        return
        [
            await MeasureAsync(scale, instances, registry => Stacks.Here(
                none, services => services.AddSingleton<IEndpointSource>(registry))),
            await MeasureAsync(scale, instances, registry => Stacks.SwitchedOff(
                none,
                services => services.AddSingleton<IEndpointSource>(registry).AddSingleton<IServiceEndpointProviderFactory>(registry))),
            await MeasureAsync(scale, instances, registry => Stacks.ServiceDefaults(
                none, services => services.AddSingleton<IServiceEndpointProviderFactory>(registry))),
        ];
    }

    private static async Task<Row> MeasureAsync(Scale scale, Instances instances, Func<FailingRegistry, Stack> create)
    {
        using var registry = new FailingRegistry(instances.Addresses);
        await using var stack = create(registry);
        using var client = stack.Client("a");
        await ClosedLoop.RunAsync(client, callers: 20, TimeSpan.FromSeconds(1));
        registry.GoDown();
        var result = await ClosedLoop.RunAsync(client, callers: 20, scale.Load * scale.Rounds);
        return new Row(Name, stack.Name, new Dictionary<string, double>
        {
            ["success %"] = 100 * result.Success,
            ["good rps"] = result.GoodPerSecond,
            ["registry calls/s while down"] = registry.CallsWhileDown / result.Elapsed.TotalSeconds,
        });
    }
}
