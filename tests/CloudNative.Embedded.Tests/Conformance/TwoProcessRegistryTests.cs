using CloudNative.Discovery;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;
using CloudNative.Testing.Conformance;

namespace CloudNative.Embedded.Tests.Conformance;

/// <summary>Registered in one process, found in another.</summary>
public sealed class TwoProcessRegistryTests : ServiceRegistryConformance
{
    protected override async ValueTask<RegistrySubject> CreateAsync()
    {
        var directory = new TemporaryDirectory();
        return new Processes(directory, await AgentProcess.StartAsync(directory.Path));
    }

    private sealed class Processes(TemporaryDirectory directory, AgentProcess agent) : RegistrySubject
    {
        private readonly EmbeddedHost _here = new(directory.Path);

        public override IServiceRegistry Registry => agent.Registry;

        public override IEndpointSource Source => _here.Source;

        public override async ValueTask DisposeAsync()
        {
            await agent.DisposeAsync();
            await _here.DisposeAsync();
            directory.Dispose();
        }
    }
}
