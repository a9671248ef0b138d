using System.Diagnostics.Metrics;
using CloudNative.Consul;
using CloudNative.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.IntegrationTests.Consul.Figures;

/// <summary>A process that looks for services: its table, and Consul below it.</summary>
internal sealed class TableHost : IAsyncDisposable
{
    private readonly IHost _host;

    public TableHost(Uri consul)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CloudNative:Service:Name"] = "figures",
            ["CloudNative:Consul:Address"] = consul.ToString(),
        });
        builder.Logging.ClearProviders();
        builder.AddCloudNative(cloud => cloud.UseConsul());
        _host = builder.Build();
        Table = _host.Services.GetRequiredService<EndpointTable>();
    }

    public EndpointTable Table { get; }

    /// <summary>Counts the calls to the agent.</summary>
    public MetricCollector<double> CountCalls() =>
        new(_host.Services.GetRequiredService<IMeterFactory>(), ConsulTelemetryNames.Meter, ConsulTelemetryNames.CallDuration);

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
