using System.Text.Json;
using CloudNative.Discovery;

namespace CloudNative.Testing.Agent.Client;

internal sealed class AgentRegistry(AgentProcess agent) : IServiceRegistry
{
    public async ValueTask<IServiceRegistration> RegisterAsync(ServiceInstance instance, CancellationToken cancellationToken)
    {
        var handle = await agent.CallAsync($"register {JsonSerializer.Serialize(instance)}", cancellationToken);
        return new Registration(agent, instance, handle);
    }

    private sealed class Registration(AgentProcess agent, ServiceInstance instance, string handle) : IServiceRegistration
    {
        public ServiceInstance Instance => instance;

        public TimeSpan PropagationDelay => TimeSpan.FromSeconds(1);

        public async ValueTask SetReadyAsync(bool ready, CancellationToken cancellationToken) =>
            await agent.CallAsync($"{(ready ? "ready" : "unready")} {handle}", cancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (!agent.Process.HasExited)
            {
                await agent.CallAsync($"deregister {handle}", CancellationToken.None);
            }
        }
    }
}
