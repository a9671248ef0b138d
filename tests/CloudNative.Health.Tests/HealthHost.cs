using CloudNative.Lifecycle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Health.Tests;

/// <summary>A worker with health and nothing else, in virtual time.</summary>
internal sealed class HealthHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IHost _host;

    public HealthHost(IEnumerable<FakeCheck> checks, params (string Key, string? Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddCloudNativeHealth();
        foreach (var check in checks)
        {
            builder.Services.AddHealthChecks().AddCheck(check.Name, check, tags: check.Tags);
        }

        _host = builder.Build();
    }

    public FakeTimeProvider Time { get; } = new();

    public IServiceProvider Services => _host.Services;

    public IHealthProbes Probes => Services.GetRequiredService<IHealthProbes>();

    public IReadinessSource Readiness => Services.GetRequiredService<IReadinessSource>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HealthHost> StartAsync(IEnumerable<FakeCheck> checks, params (string Key, string? Value)[] configuration)
    {
        var host = new HealthHost(checks, configuration);
        await host._host.StartAsync(Cancel);
        return host;
    }

    public HealthStatus Probe(HealthProbe probe)
    {
        var answer = Probes.ProbeAsync(probe, Cancel);
        return answer.IsCompletedSuccessfully ? answer.Result : throw new InvalidOperationException("a probe must not wait");
    }

    /// <summary>Lets virtual time pass in small steps until the probe answers so.</summary>
    public async Task UntilAsync(HealthProbe probe, HealthStatus expected)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        while (Probe(probe) != expected)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, patience.Token);
        }
    }

    public Task StartAsync() => _host.StartAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
