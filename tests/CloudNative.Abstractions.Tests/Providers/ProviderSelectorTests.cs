using CloudNative.Configuration;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Tests.Providers;

public sealed class ProviderSelectorTests
{
    private const string Key = "CloudNative:Discovery:Provider";
    private static readonly ProviderOffer Consul = Offer("consul", ProviderRank.Primary);
    private static readonly ProviderOffer Kubernetes = Offer("kubernetes", ProviderRank.Primary);
    private static readonly ProviderOffer Dapr = Offer("dapr", ProviderRank.Named);
    private static readonly ProviderOffer Embedded = Offer("embedded", ProviderRank.Development);
    private static readonly ProviderOffer EmbeddedNamed = Offer("embedded", ProviderRank.Primary);
    private static readonly ProviderOffer Memory = Offer("memory", ProviderRank.Test);

    public static TheoryData<string, string, ProviderOffer[], string?> Choices => new()
    {
        { "the only primary", Environments.Production, [Consul, Embedded, Dapr, Memory], "consul" },
        { "a primary beats Development", Environments.Development, [Embedded, Consul], "consul" },
        { "Development by default", Environments.Development, [Embedded, Memory, Dapr], "embedded" },
        { "named by UseEmbedded", Environments.Production, [Embedded, EmbeddedNamed], "embedded" },
        { "not outside Development", Environments.Staging, [Embedded, Memory], null },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void Choose_NobodyNamed_FollowsTheRanks(string why, string environment, ProviderOffer[] offers, string? expected)
    {
        var choice = Select(environment, offers).Choice;

        Assert.True(expected == choice.Provider, $"{why}: {choice}");
    }

    [Fact]
    public void Choose_NamedInConfiguration_WinsOverThePinInCode()
    {
        using var host = Build(Environments.Production, [Consul, Kubernetes], pins: ["consul"], (Key, "Kubernetes"));

        var choice = Selector(host).Choose(CloudNativeFeatures.Discovery);

        Assert.Equal("kubernetes", choice.Provider);
        Assert.Equal($"named in {Key}", choice.Reason);
    }

    [Fact]
    public void Choose_PinnedInCode_WinsOverTheRanks()
    {
        using var host = Build(Environments.Production, [Consul, Kubernetes, Dapr], pins: ["DAPR"]);

        Assert.Equal("dapr", Selector(host).Choose(CloudNativeFeatures.Discovery).Provider);
    }

    [Fact]
    public void Select_TwoPrimaries_ListsBothAndTheKey()
    {
        var problem = Select(Environments.Production, [Kubernetes, Consul, Embedded]).Problem;

        Assert.Equal("CN1010", problem?.Id);
        Assert.Equal(Key, problem?.Key);
        Assert.Equal("consul, kubernetes, none", problem?.Allowed);
    }

    [Fact]
    public void Select_TwoPins_IsAmbiguous()
    {
        using var host = Build(Environments.Production, [Consul, Kubernetes], pins: ["consul", "kubernetes", "Consul"]);

        Assert.Equal("CN1010", Selector(host).Select(CloudNativeFeatures.Discovery).Problem?.Id);
    }

    [Fact]
    public void Select_NothingInProduction_SaysWhatToName()
    {
        var problem = Select(Environments.Production, [Embedded, Memory]).Problem;

        Assert.Equal("CN1011", problem?.Id);
        Assert.Contains("cloud.UseEmbedded()", problem?.Cure, StringComparison.Ordinal);
        Assert.Contains($"{Key}=none", problem?.Cure, StringComparison.Ordinal);
        Assert.Equal("embedded, none", problem?.Allowed);
    }

    [Fact]
    public void Select_DevelopmentUnderKubernetes_RefusesToRunOnThreeRegistries()
    {
        using var host = Build(Environments.Development, [Embedded], pins: [], ("KUBERNETES_SERVICE_HOST", "10.0.0.1"));

        Assert.Equal("CN1011", Selector(host).Select(CloudNativeFeatures.Discovery).Problem?.Id);
    }

    [Fact]
    public void Select_NamedButNotInstalled_ListsWhatIs()
    {
        using var host = Build(Environments.Production, [Embedded, Memory], pins: [], (Key, "consul"));

        var problem = Selector(host).Select(CloudNativeFeatures.Discovery).Problem;

        Assert.Equal("CN1012", problem?.Id);
        Assert.Equal("consul", problem?.Value);
        Assert.Equal("embedded, none", problem?.Allowed);
    }

    [Theory]
    [InlineData(Key, "none")]
    [InlineData("CloudNative:Discovery:Enabled", "False")]
    public void Select_SwitchedOff_IsNoProblem(string key, string value)
    {
        using var host = Build(Environments.Production, [Consul, Kubernetes], pins: ["consul"], (key, value));

        var selection = Selector(host).Select(CloudNativeFeatures.Discovery);

        Assert.Null(selection.Choice.Provider);
        Assert.Null(selection.Problem);
        Assert.Contains(key, selection.Choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_InATestHost_NothingButMemoryServes()
    {
        using var host = Build(
            Environments.Production, [Consul, Memory], pins: ["consul"], (Key, "consul"), ("CloudNative:Hosting:Mode", "Test"));

        Assert.Equal("memory", Selector(host).Choose(CloudNativeFeatures.Discovery).Provider);
    }

    [Fact]
    public void Choose_UnderATool_NothingServesAndNothingIsWrong()
    {
        using var host = Build(Environments.Production, [Consul, Kubernetes], pins: [], ("CloudNative:Hosting:Mode", "DesignTime"));

        var selection = Selector(host).Select(CloudNativeFeatures.Discovery);

        Assert.Null(selection.Choice.Provider);
        Assert.Null(selection.Problem);
    }

    [Fact]
    public async Task StartAsync_TwoPrimaries_RefusesWithBothNames()
    {
        using var host = Build(Environments.Production, [Consul, Kubernetes], pins: []);

        var refused = await Assert.ThrowsAsync<CloudNativeConfigurationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("consul, kubernetes", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_NoProviderForLeases_StartsBecauseNobodyMayNeedOne()
    {
        using var host = HostUnderTest.Create().Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    public static TheoryData<string, ProviderOffer[], ProviderOffer[]> Offers => new()
    {
        { "said twice", [Embedded, Embedded], [Embedded] },
        { "named after being there", [Embedded, EmbeddedNamed], [EmbeddedNamed] },
        { "named before being there", [EmbeddedNamed, Embedded], [EmbeddedNamed] },
        { "another provider's", [Embedded, Consul], [Embedded, Consul] },
        { "that for tests stays beside", [Memory, Offer("memory", ProviderRank.Primary)], [Memory, Offer("memory", ProviderRank.Primary)] },
    };

    [Theory]
    [MemberData(nameof(Offers))]
    public void AddProviderOffer_SeveralOfOneProvider_TheStrongestIsLeft(string why, ProviderOffer[] said, ProviderOffer[] left)
    {
        var services = new ServiceCollection();
        foreach (var offer in said)
        {
            services.AddProviderOffer(offer);
        }

        var kept = services.Select(service => service.ImplementationInstance).OfType<ProviderOffer>().ToArray();
        Assert.True(left.SequenceEqual(kept), $"{why}: {string.Join(", ", kept.AsEnumerable())}");
    }

    [Theory]
    [InlineData("CloudNative:Providers", "rabbitmq, DAPR")]
    [InlineData("CloudNative:Providers:0", "dapr")]
    public void Choose_PreferredProviderCanServe_WinsOverPinAndRanks(string key, string value)
    {
        var events = new ProviderOffer("rabbitmq", CloudNativeFeatures.Eventing, ProviderRank.Named);
        using var host = Build(Environments.Production, [Consul, Dapr, events], pins: ["consul"], (key, value));

        var choice = Selector(host).Choose(CloudNativeFeatures.Discovery);

        Assert.Equal("dapr", choice.Provider);
        Assert.Equal("named in CloudNative:Providers", choice.Reason);
    }

    [Fact]
    public void Choose_PreferredProviderCannotServeTheFeature_TheOtherRulesDecide()
    {
        var events = new ProviderOffer("rabbitmq", CloudNativeFeatures.Eventing, ProviderRank.Named);
        using var host = Build(Environments.Production, [Consul, events], pins: [], ("CloudNative:Providers", "rabbitmq"));

        Assert.Equal("consul", Selector(host).Choose(CloudNativeFeatures.Discovery).Provider);
        Assert.Equal("rabbitmq", Selector(host).Choose(CloudNativeFeatures.Eventing).Provider);
    }

    [Fact]
    public void Choose_PreferredAndTheFeaturesOwn_TheFeaturesOwnWins()
    {
        using var host = Build(
            Environments.Production, [Consul, Dapr], pins: [], ("CloudNative:Providers", "dapr"), (Key, "consul"));

        Assert.Equal("consul", Selector(host).Choose(CloudNativeFeatures.Discovery).Provider);
    }

    [Fact]
    public async Task StartAsync_PreferredProviderIsNotInstalled_RefusesAndListsWhatIs()
    {
        using var host = Build(Environments.Development, [Embedded, Dapr, Memory], pins: [], ("CloudNative:Providers", "consul"));

        var refused = await Assert.ThrowsAsync<CloudNativeConfigurationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        var failure = Assert.Single(refused.Failures);
        Assert.Contains("CN1012", failure, StringComparison.Ordinal);
        Assert.Contains("dapr, embedded", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("memory", failure, StringComparison.Ordinal);
    }

    private static ProviderOffer Offer(string provider, ProviderRank rank) => new(provider, CloudNativeFeatures.Discovery, rank);

    private static ProviderSelection Select(string environment, ProviderOffer[] offers)
    {
        using var host = Build(environment, offers, pins: []);
        return Selector(host).Select(CloudNativeFeatures.Discovery);
    }

    private static ProviderSelector Selector(IHost host) => host.Services.GetRequiredService<ProviderSelector>();

    private static IHost Build(
        string environment, ProviderOffer[] offers, string[] pins, params (string Key, string? Value)[] configuration)
    {
        var builder = HostUnderTest.Create(environment, configuration);
        builder.Services.AddConfigurationKeys(CloudNativeFeatures.Discovery, "Enabled", "Provider");
        foreach (var offer in offers)
        {
            builder.Services.AddProviderOffer(offer);
        }

        foreach (var pin in pins)
        {
            builder.Services.AddSingleton(new ProviderPin(CloudNativeFeatures.Discovery, pin));
        }

        return builder.Build();
    }
}
