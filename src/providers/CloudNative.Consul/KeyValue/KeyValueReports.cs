using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.Consul.KeyValue;

/// <summary>Lets the sources of configuration say what happens to them, once there is a logger.</summary>
internal sealed class KeyValueReports(IConfiguration configuration, ILoggerFactory? loggers = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<ConsulKeyValueConfigurationProvider>();
        foreach (var provider in (configuration as IConfigurationRoot)?.Providers.OfType<ConsulKeyValueConfigurationProvider>() ?? [])
        {
            provider.Report(logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
