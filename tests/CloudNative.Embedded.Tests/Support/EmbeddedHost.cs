using CloudNative.Discovery;
using CloudNative.Embedded.Membership;
using CloudNative.Eventing;
using CloudNative.Leases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Support;

/// <summary>
/// A host of its own on a data directory; several of them in one process behave as processes do, short of being
/// killed.
/// </summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public EmbeddedHost(string dataDirectory, TimeProvider? timeProvider = null, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(timeProvider ?? TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{EmbeddedOptions.SectionName}:DataDirectory", dataDirectory)])
            .Build());
        configure?.Invoke(services);
        _provider = services.AddCloudNativeEmbedded().BuildServiceProvider();
    }

    public IServiceRegistry Registry => _provider.GetRequiredKeyedService<IServiceRegistry>(EmbeddedProvider.Name);

    public IEndpointSource Source => _provider.GetRequiredKeyedService<IEndpointSource>(EmbeddedProvider.Name);

    public ILeaseProvider Leases => _provider.GetRequiredKeyedService<ILeaseProvider>(EmbeddedProvider.Name);

    public IEventTransport Events => _provider.GetRequiredKeyedService<IEventTransport>(EmbeddedProvider.Name);

    public EmbeddedNode Node => _provider.GetRequiredService<EmbeddedNode>();

    public IServiceProvider Services => _provider;

    /// <summary>Moves a virtual clock and waits until what that set off is done.</summary>
    public async Task AdvanceAsync(FakeTimeProvider clock, TimeSpan time)
    {
        clock.Advance(time);
        var session = await Node.GetSessionAsync(TestContext.Current.CancellationToken);
        await session.Store.ReadAsync("turn", _ => 0, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _provider.Dispose();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
