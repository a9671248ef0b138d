using CloudNative.Configuration;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudNative.Kubernetes.Tests;

public sealed class CloudNativeKubernetesServiceCollectionExtensionsTests : ServiceCollectionConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Informers_OfTheContainer_FollowTheConfiguredServer()
    {
        await using var server = new KubernetesTestServer();
        var address = await server.ListenAsync(Cancel);
        await using var provider = Build(("Server", address.ToString()), ("Namespace", "shop"));
        var api = provider.GetRequiredService<KubernetesApi>();
        Assert.Equal("shop", api.Namespace);
        await api.CreateAsync(
            KubernetesKinds.ConfigMaps,
            new KubernetesConfigMap { Metadata = new KubernetesMetadata { Namespace = "shop", Name = "a" } },
            Cancel);
        using var informer = provider.GetRequiredService<KubernetesInformers>()
            .Join(KubernetesKinds.ConfigMaps, new KubernetesSelection(api.Namespace));
        Assert.Single((await informer.WaitForSyncAsync(Cancel)).Objects);
    }

    [Fact]
    public async Task Options_NoServer_AreFineUntilTheApiIsAskedFor()
    {
        await using var provider = Build();
        Assert.Null(provider.GetRequiredService<IOptions<KubernetesOptions>>().Value.Server);
        var failure = Assert.Throws<KubernetesException>(provider.GetRequiredService<KubernetesApi>);
        Assert.Contains("CN4409", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ValueThatCannotBeConvertedBesideOtherMistakes_ListsAll()
    {
        var builder = Host.CreateApplicationBuilder(
        [
            "--CloudNative:Kubernetes:Discovery:Source=EndpointSlice",
            "--CloudNative:Kubernetes:Namespce=shop",
            "--CloudNative:Discovery:Balancing=Platfrm",
        ]);
        builder.AddCloudNative(cloud => cloud.UseKubernetes());
        using var host = builder.Build();
        var failure = await Assert.ThrowsAsync<CloudNativeConfigurationException>(() => host.StartAsync(Cancel));
        Assert.Contains("CN1004 CloudNative:Kubernetes:Discovery:Source is 'EndpointSlice'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CN1004 CloudNative:Discovery:Balancing is 'Platfrm'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean CloudNative:Kubernetes:Namespace?", failure.Message, StringComparison.Ordinal);
    }

    protected override void Add(IServiceCollection services) => services.AddCloudNativeKubernetes();

    private static ServiceProvider Build(params (string Key, string? Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair =>
                new KeyValuePair<string, string?>($"{KubernetesOptions.SectionName}:{pair.Key}", pair.Value)))
            .Build());
        return services.AddLogging().AddCloudNativeKubernetes().BuildServiceProvider();
    }
}
