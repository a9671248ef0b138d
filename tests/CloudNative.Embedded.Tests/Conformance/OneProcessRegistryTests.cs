using CloudNative.Discovery;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Testing;
using CloudNative.Testing.Conformance;

namespace CloudNative.Embedded.Tests.Conformance;

public sealed class OneProcessRegistryTests : ServiceRegistryConformance
{
    protected override ValueTask<RegistrySubject> CreateAsync() => new(new Hosts());

    private sealed class Hosts : RegistrySubject
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly EmbeddedHost _one;
        private readonly EmbeddedHost _other;

        public Hosts()
        {
            _one = new EmbeddedHost(_directory.Path);
            _other = new EmbeddedHost(_directory.Path);
        }

        public override IServiceRegistry Registry => _one.Registry;

        public override IEndpointSource Source => _other.Source;

        public override async ValueTask DisposeAsync()
        {
            await _one.DisposeAsync();
            await _other.DisposeAsync();
            _directory.Dispose();
        }
    }
}
