using CloudNative.Consul;
using CloudNative.Leases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Testing.Agent.Leases;

/// <summary>
/// Takes one lease of Consul, says its token (<c>token 42</c>), holds it, and says when it has lost it (<c>lost</c>). Ends when its input
/// does, as a process that dies: nothing is released.
/// </summary>
internal static class ConsulLeaseWorker
{
    public static async Task RunAsync(string address, string name, TimeSpan duration)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new ServiceInfo { Name = "agent", InstanceId = Guid.NewGuid().ToString() });
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{ConsulOptions.SectionName}:Address", address)])
            .Build());
        await using var provider = services.AddCloudNativeConsul().BuildServiceProvider();
        var leases = provider.GetRequiredKeyedService<ILeaseProvider>(ConsulProvider.Name);
        var lease = await leases.TryAcquireAsync(name, duration, CancellationToken.None)
            ?? throw new InvalidOperationException($"Somebody holds {name}.");
        lease.Lost.Register(() => AgentHost.Say("lost"));
        AgentHost.Say($"token {lease.FencingToken}");
        await Console.In.ReadToEndAsync();
    }
}
