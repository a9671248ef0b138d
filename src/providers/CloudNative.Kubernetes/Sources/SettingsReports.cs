using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.Kubernetes.Sources;

/// <summary>Lets the sources of configuration say what happens to them, once there is a logger.</summary>
internal sealed class SettingsReports(IConfiguration configuration, ILoggerFactory? loggers = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<KubernetesConfigurationSource>();
        foreach (var provider in (configuration as IConfigurationRoot)?.Providers.OfType<SettingsProvider>() ?? [])
        {
            provider.Report(logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
