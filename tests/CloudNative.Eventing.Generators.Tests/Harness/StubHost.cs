using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>A host that only has services.</summary>
internal sealed class StubHost(IServiceProvider services) : IHost
{
    public IServiceProvider Services => services;

    public Task StartAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task StopAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
        // The provider is the test's.
    }
}
