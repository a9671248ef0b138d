using System.Diagnostics.Metrics;
using CloudNative.Leases;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.Hosting.Tests.Leadership;

/// <summary>A replica with a service that one of them runs, on the embedded leases unless others are given.</summary>
internal sealed class LeaderHost : IAsyncDisposable
{
    private readonly IHost _host;

    public LeaderHost(
        Terms terms, TemporaryDirectory? directory = null, ILeaseProvider? leases = null, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration["CloudNative:Discovery:Provider"] = "none";
        builder.Configuration["CloudNative:Embedded:DataDirectory"] = directory?.Path;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddFakeLogging();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(terms);
        builder.Services.AddLeaderService<TermService>("reports", options =>
        {
            options.LeaseDuration = TimeSpan.FromSeconds(1);
            options.RetryInterval = TimeSpan.FromMilliseconds(100);
        });
        if (directory is not null)
        {
            builder.Services.AddCloudNativeEmbedded();
            builder.Configuration["CloudNative:Leases:Provider"] = "embedded";
        }

        if (leases is not null)
        {
            builder.Services.AddSingleton(leases);
        }

        _host = builder.Build();
    }

    public IEnumerable<string> Logged(LogLevel level) => _host.Services.GetRequiredService<FakeLogCollector>().GetSnapshot()
        .Where(record => record.Level == level && record.Message.Contains(nameof(TermService), StringComparison.Ordinal))
        .Select(record => record.Message);

    public MetricCollector<int> Collect(string instrument) =>
        new(_host.Services.GetRequiredService<IMeterFactory>(), LeaderTelemetryNames.Meter, instrument);

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
