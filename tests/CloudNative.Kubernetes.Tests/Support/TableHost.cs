using CloudNative.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>A process that looks for services: its table, and Kubernetes below it.</summary>
internal sealed class TableHost : IAsyncDisposable
{
    private readonly IHost _host;

    public TableHost(Uri server, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CloudNative:Service:Name"] = "orders",
            [$"{KubernetesOptions.SectionName}:Server"] = server.ToString(),
            [$"{KubernetesOptions.SectionName}:Namespace"] = InformerBench.Place,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting =>
            new KeyValuePair<string, string?>($"{KubernetesOptions.SectionName}:Discovery:{setting.Key}", setting.Value)));
        builder.Logging.ClearProviders();
        builder.AddCloudNative(cloud => cloud.UseKubernetes());
        _host = builder.Build();
        Table = _host.Services.GetRequiredService<EndpointTable>();
    }

    public EndpointTable Table { get; }

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
