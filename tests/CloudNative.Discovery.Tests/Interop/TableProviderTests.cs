using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Discovery.Tests.Interop;

/// <summary>Outward: Microsoft.Extensions.ServiceDiscovery as it is released, answered from the table.</summary>
public sealed class TableProviderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetEndpoints_OfMicrosoftsResolver_AreThoseOfTheTableInWhateverOrderRegistered(bool theirsFirst)
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a", "b"));
        await using var harness = Harness(source, theirsFirst);

        var found = await Resolver(harness).GetEndpointsAsync("https+http://catalog", Token);

        Assert.Equal(["http://a/", "http://b/"], found.Endpoints.Select(endpoint => endpoint.ToString()).Order());
        Assert.All(found.Endpoints, endpoint => Assert.Equal("catalog", endpoint.Features.Get<ServiceInstance>()?.Service));
    }

    [Fact]
    public async Task GetEndpoints_SourceChanges_MicrosoftsResolverIsTold()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a"));
        await using var harness = Harness(source, theirsFirst: true);
        var resolver = Resolver(harness);
        var before = await resolver.GetEndpointsAsync("http://catalog", Token);

        source.Say("catalog", Instances.Answer("a", "c"));

        await Eventually.TrueAsync(() => before.ChangeToken.HasChanged, "the token fires");
        await Eventually.TrueAsync(
            () => resolver.GetEndpointsAsync("http://catalog", Token).AsTask().Result.Endpoints.Count == 2, "the resolver asks again");
    }

    [Theory]
    [InlineData("http://unheard")]
    [InlineData("http://api.example.com")]
    public async Task GetEndpoints_NameThatIsNotOurs_IsPassedThrough(string uri)
    {
        var source = new ScriptedSource();
        source.Say("unheard", EndpointUpdate.NotFound);
        await using var harness = Harness(source, theirsFirst: false);

        var found = await Resolver(harness).GetEndpointsAsync(uri, Token);

        Assert.Contains(new Uri(uri).Host, Assert.Single(found.Endpoints).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetEndpoints_RegistryDown_KeepsTheLastKnownGood()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a"));
        await using var harness = Harness(source, theirsFirst: true);
        var resolver = Resolver(harness);
        await resolver.GetEndpointsAsync("http://catalog", Token);

        source.Fail("down");
        await Eventually.TrueAsync(() => harness.Table.Get("catalog").Snapshot.IsStale, "the table knows");

        Assert.Single((await resolver.GetEndpointsAsync("http://catalog", Token)).Endpoints);
    }

    private static ServiceEndpointResolver Resolver(DiscoveryHarness harness) =>
        harness.Services.GetRequiredService<ServiceEndpointResolver>();

    private static DiscoveryHarness Harness(ScriptedSource source, bool theirsFirst) => new(
        configure: services =>
        {
            if (!theirsFirst)
            {
                services.AddCloudNativeDiscovery();
            }

            services.AddSource(source);
            services.AddServiceDiscovery();
        });
}
