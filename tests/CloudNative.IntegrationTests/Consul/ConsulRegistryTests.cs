using CloudNative.Discovery;
using CloudNative.Testing.Conformance;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>What every registry must do, on a real agent; one that registers and one that looks, with a connection each.</summary>
public sealed class ConsulRegistryTests(ConsulServer server) : ServiceRegistryConformance, IClassFixture<ConsulServer>
{
    protected override async ValueTask<RegistrySubject> CreateAsync()
    {
        await server.StartAsync();
        return new Hosts(server);
    }

    private sealed class Hosts(ConsulServer server) : RegistrySubject
    {
        private readonly ConsulHost _one = new(server.Address);
        private readonly ConsulHost _other = new(server.Address);

        public override IServiceRegistry Registry => _one.Registry;

        public override IEndpointSource Source => _other.Source;

        public override async ValueTask DisposeAsync()
        {
            await _one.DisposeAsync();
            await _other.DisposeAsync();
            await server.ClearAsync();
        }
    }
}
