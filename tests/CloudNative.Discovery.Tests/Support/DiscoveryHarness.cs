using System.Diagnostics.Metrics;
using CloudNative.Discovery.Balancing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Discovery.Tests.Support;

/// <summary>The feature in a container of its own, with virtual time, settings that can change, and a log to read.</summary>
internal sealed class DiscoveryHarness : IAsyncDisposable
{
    /// <summary>Picks are drawn alike in each run, so that a test of shares holds always or never.</summary>
    public const int Seed = 20_261_125;

    private readonly ServiceProvider _services;

    public DiscoveryHarness(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        Settings = new ChangingConfiguration(settings ?? []);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { ApplicationName = "tests", EnvironmentName = "Development" });
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Add(Settings).Build());
        services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(Logs));
        services.AddSingleton(new Chance(Seed));
        services.AddMetrics();
        configure?.Invoke(services);
        services.AddCloudNativeDiscovery();
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeLogCollector Logs { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    public ChangingConfiguration Settings { get; }

    public EndpointTable Table => _services.GetRequiredService<EndpointTable>();

    public InMemoryServiceRegistry Memory => _services.GetRequiredService<InMemoryServiceRegistry>();

    public IServiceProvider Services => _services;

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
