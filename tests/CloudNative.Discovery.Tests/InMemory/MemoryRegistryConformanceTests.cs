using CloudNative.Testing.Conformance;

namespace CloudNative.Discovery.Tests.InMemory;

public sealed class MemoryRegistryConformanceTests : ServiceRegistryConformance
{
    protected override ValueTask<RegistrySubject> CreateAsync() => new(new Memory());

    private sealed class Memory : RegistrySubject
    {
        private readonly InMemoryServiceRegistry _registry = new();

        public override IServiceRegistry Registry => _registry;

        public override IEndpointSource Source => _registry;

        public override ValueTask DisposeAsync() => default;
    }
}
