using CloudNative.Hosting;
using CloudNative.Kubernetes.Tests.Support;
using CloudNative.Leases;
using CloudNative.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Tests.Leases;

/// <summary>Services of which one process runs one, with leases chosen by configuration.</summary>
public sealed class LeaderOnKubernetesTests : IAsyncDisposable
{
    private readonly KubernetesTestServer _server = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task LeaderService_TwoHosts_OneRunsAndHandsOver()
    {
        var runs = new List<Run> { new(), new() };
        var hosts = new List<IHost>();
        foreach (var run in runs)
        {
            hosts.Add(await BuildAsync(run, ("CloudNative:Leases:Provider", KubernetesProvider.Name)));
            await hosts[^1].StartAsync(Cancel);
        }

        await Task.WhenAny(runs.Select(run => run.Begun)).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        Assert.Single(runs, run => run.Begun.IsCompleted);
        var first = runs.FindIndex(run => run.Begun.IsCompleted);
        await hosts[first].StopAsync(Cancel);
        var second = await runs[1 - first].Begun.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        Assert.True(second > await runs[first].Begun);
        await hosts[1 - first].StopAsync(Cancel);
        hosts.ForEach(host => host.Dispose());
    }

    [Fact]
    public async Task UseKubernetes_NobodyNamesIt_ServesNoLeases()
    {
        using var host = await BuildAsync(null);
        Assert.Null(host.Services.GetRequiredService<IProviderSelector>().Choose(CloudNativeFeatures.Leases).Provider);
    }

    private async Task<IHost> BuildAsync(Run? run, params (string Key, string Value)[] settings)
    {
        var address = await _server.ListenAsync(Cancel);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CloudNative:Service:Name"] = "orders",
            [$"{KubernetesOptions.SectionName}:Server"] = address.ToString(),
            [$"{KubernetesOptions.SectionName}:Namespace"] = InformerBench.Place,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting =>
            new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        builder.Logging.ClearProviders();
        builder.AddCloudNative(cloud => cloud.UseKubernetes());
        if (run is not null)
        {
            builder.Services.AddSingleton(run);
            builder.Services.AddLeaderService<Leader>("nightly", options => options.RetryInterval = TimeSpan.FromSeconds(1));
        }

        return builder.Build();
    }

    private sealed class Run
    {
        private readonly TaskCompletionSource<long> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<long> Begun => _begun.Task;

        public void Begin(long token) => _begun.TrySetResult(token);
    }

    private sealed class Leader(Run run) : ILeaderService
    {
        public async Task RunAsync(ILease lease, CancellationToken cancellationToken)
        {
            run.Begin(lease.FencingToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
