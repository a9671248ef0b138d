using CloudNative.Consul;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.IntegrationTests.Consul.KeyValue;

/// <summary>A service that takes its configuration from Consul.</summary>
internal sealed class KeyValueHost : IAsyncDisposable
{
    private readonly IHost _host;

    private KeyValueHost(IHost host, FakeLogCollector logs) => (_host, Logs) = (host, logs);

    public FakeLogCollector Logs { get; }

    public string? this[string key] => _host.Services.GetRequiredService<IConfiguration>()[key];

    public static async Task<KeyValueHost> StartAsync(
        Uri address, Action<ConsulKeyValueConfigurationSource> configure, params IEnumerable<(string Key, string Value)> settings)
    {
        var logs = new FakeLogCollector();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(settings
            .Append(("Address", address.ToString()))
            .Select(pair => new KeyValuePair<string, string?>($"{ConsulOptions.SectionName}:{pair.Item1}", pair.Item2))
            .Append(new("CloudNative:Discovery:Provider", "none")));
        builder.Configuration.AddConsulKeyValue(configure);
        builder.Logging.AddProvider(new FakeLoggerProvider(logs));
        builder.Services.AddCloudNativeConsul();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new KeyValueHost(host, logs);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(TestContext.Current.CancellationToken);
        _host.Dispose();
    }
}
