using CloudNative.Consul;
using CloudNative.Discovery;
using CloudNative.Leases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>The provider in a container of its own, as a process has it.</summary>
internal sealed class ConsulHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public ConsulHost(Uri address, params IEnumerable<(string Key, string Value)> settings)
        : this(address, TimeProvider.System, settings)
    {
    }

    public ConsulHost(Uri address, TimeProvider time, params IEnumerable<(string Key, string Value)> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton(new ServiceInfo { Name = "tests", InstanceId = Guid.NewGuid().ToString() });
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Logs)));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings
                .Append(("Address", address.ToString()))
                .Select(pair => new KeyValuePair<string, string?>($"{ConsulOptions.SectionName}:{pair.Item1}", pair.Item2)))
            .Build());
        _provider = services.AddCloudNativeConsul().BuildServiceProvider();
    }

    public FakeLogCollector Logs { get; } = new();

    public IServiceRegistry Registry => _provider.GetRequiredKeyedService<IServiceRegistry>(ConsulProvider.Name);

    public IEndpointSource Source => _provider.GetRequiredKeyedService<IEndpointSource>(ConsulProvider.Name);

    public ILeaseProvider Leases => _provider.GetRequiredKeyedService<ILeaseProvider>(ConsulProvider.Name);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
