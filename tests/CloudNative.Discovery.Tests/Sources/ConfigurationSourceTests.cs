using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Sources;

public sealed class ConfigurationSourceTests
{
    [Fact]
    public async Task Get_ConfiguredService_IsKnownAtOnce()
    {
        await using var harness = new DiscoveryHarness(new()
        {
            ["Services:catalog:http:0"] = "http://10.0.0.1:5000",
            ["Services:catalog:http:1"] = "http://10.0.0.2:5000",
        });

        var snapshot = harness.Table.Get("catalog").Snapshot;

        Assert.Equal(ServiceStatus.Known, snapshot.Status);
        Assert.Equal(["10.0.0.1:5000", "10.0.0.2:5000"], snapshot.Endpoints.Select(state => state.Instance.Id));
    }

    [Fact]
    public async Task Get_ListBesideAnEmptyValue_ReadsTheList()
    {
        await using var harness = new DiscoveryHarness(new()
        {
            ["Services:catalog:http"] = "",
            ["Services:catalog:http:0"] = "http://10.0.0.1:5000",
        });

        Assert.Equal("10.0.0.1:5000", Assert.Single(harness.Table.Get("catalog").Snapshot.Endpoints.ToArray()).Instance.Id);
    }

    [Theory]
    [InlineData("https+http://catalog", "https", "10.0.0.1", 5001)]
    [InlineData("http+https://catalog", "http", "10.0.0.1", 5000)]
    [InlineData("http://catalog", "http", "10.0.0.1", 5000)]
    [InlineData("https://catalog", "https", "10.0.0.1", 5001)]
    [InlineData("https://_admin.catalog", "https", "10.0.0.9", 9999)]
    [InlineData("http://_plain.catalog", "http", "shop.example", 80)]
    [InlineData("https://_plain.catalog", "https", "shop.example", 443)]
    [InlineData("http://_six.catalog", "http", "::1", 7000)]
    public async Task TryPick_SchemesAndNames_FollowTheSyntaxOfServiceDiscovery(string uri, string scheme, string host, int port)
    {
        await using var harness = new DiscoveryHarness(new()
        {
            ["Services:catalog:http:0"] = "http://10.0.0.1:5000",
            ["Services:catalog:https:0"] = "https://10.0.0.1:5001",
            ["Services:catalog:admin:0"] = "https://10.0.0.9:9999",
            ["Services:catalog:plain"] = "shop.example",
            ["Services:catalog:six:0"] = "[::1]:7000",
        });
        Assert.True(EndpointQuery.TryParse(new Uri(uri), out var query, out var service));

        var picked = harness.Table.Get(service).TryPick(new PickRequest(query), out var pick);

        Assert.True(picked);
        Assert.Equal((scheme, host, port), (pick.Endpoint.Scheme, pick.Endpoint.Host, pick.Endpoint.Port));
    }

    [Fact]
    public async Task TryPick_SchemeThatNoInstanceHas_FindsNothing()
    {
        await using var harness = new DiscoveryHarness(new() { ["Services:catalog:https:0"] = "https://10.0.0.1:5001" });

        var picked = harness.Table.Get("catalog").TryPick(new PickRequest(new EndpointQuery(EndpointSchemes.Http, null)), out _);

        Assert.False(picked);
    }

    [Fact]
    public async Task WaitForChange_ConfigurationReloaded_SeesTheNewInstances()
    {
        await using var harness = new DiscoveryHarness(new() { ["Services:catalog:http:0"] = "http://10.0.0.1:5000" });
        var endpoints = harness.Table.Get("catalog");
        var kept = endpoints.Snapshot.Endpoints[0];
        var change = endpoints.WaitForChangeAsync(endpoints.Snapshot, TestContext.Current.CancellationToken);

        harness.Settings.Replace(new()
        {
            ["Services:catalog:http:0"] = "http://10.0.0.2:5000",
            ["Services:catalog:http:1"] = "http://10.0.0.1:5000",
        });

        var snapshot = await Eventually.WithinAsync(change.AsTask());
        Assert.Equal(["10.0.0.2:5000", "10.0.0.1:5000"], snapshot.Endpoints.Select(state => state.Instance.Id));
        Assert.Same(kept, snapshot.Endpoints[1]);
    }

    [Fact]
    public async Task Get_ConfigurationNamesTheService_OtherSourcesAreNotAsked()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("other"));
        await using var harness = new DiscoveryHarness(
            new() { ["Services:catalog:http:0"] = "http://10.0.0.1:5000" }, services => services.AddSource(source));
        var endpoints = harness.Table.Get("catalog");
        Assert.Equal(["10.0.0.1:5000"], endpoints.Snapshot.Endpoints.Select(state => state.Instance.Id));
        Assert.Equal(0, source.Calls);

        harness.Settings.Replace([]);
        await Eventually.TrueAsync(
            () => endpoints.Snapshot.Endpoints is [{ Instance.Id: "other" }], "the other source takes over");

        harness.Settings.Replace(new() { ["Services:catalog:http:0"] = "http://10.0.0.3:5000" });
        await Eventually.TrueAsync(
            () => endpoints.Snapshot.Endpoints is [{ Instance.Id: "10.0.0.3:5000" }], "configuration wins again");
    }

    [Fact]
    public async Task Get_ValueVanishesAsItIsRead_TakesItThenSeesThatItIsGone()
    {
        await using var harness = new DiscoveryHarness(new() { ["Services:catalog:http:0"] = "http://10.0.0.1:5000" });
        harness.Settings.WasRead = key =>
        {
            if (key == "Services:catalog:http:0")
            {
                harness.Settings.WasRead = static _ => { };
                harness.Settings.Replace([]);
            }
        };

        var endpoints = harness.Table.Get("catalog");

        await Eventually.TrueAsync(() => endpoints.Snapshot.Status == ServiceStatus.NotFound, "the service is gone");
        harness.Settings.Replace(new() { ["Services:catalog:http:0"] = "http://10.0.0.2:5000" });
        await Eventually.TrueAsync(
            () => endpoints.Snapshot.Endpoints is [{ Instance.Id: "10.0.0.2:5000" }], "the source still follows changes");
    }

    [Fact]
    public async Task Watch_ConfigurationThrowsOnce_KeepsWhatItKnowsAndReadsAgain()
    {
        var other = new ScriptedSource();
        await using var harness = new DiscoveryHarness(
            new() { ["Services:catalog:http:0"] = "http://10.0.0.1:5000" }, services => services.AddSource(other));
        var endpoints = harness.Table.Get("catalog");
        harness.Settings.Listing = parent =>
        {
            if (parent == "Services:catalog")
            {
                throw new InvalidOperationException("Collection was modified.");
            }
        };

        harness.Settings.Replace(new() { ["Services:catalog:http:0"] = "http://10.0.0.2:5000" });

        await Eventually.TrueAsync(() => endpoints.Snapshot.IsStale, "the failure is known");
        Assert.Contains("Collection was modified", endpoints.Snapshot.Reason, StringComparison.Ordinal);
        Assert.Equal("10.0.0.1:5000", Assert.Single(endpoints.Snapshot.Endpoints.ToArray()).Instance.Id);
        Assert.Equal(0, other.Calls);

        harness.Settings.Listing = static _ => { };
        await Eventually.TrueAsync(
            () =>
            {
                harness.Time.Advance(TimeSpan.FromSeconds(1));
                return endpoints.Snapshot is { IsStale: false, Endpoints: [{ Instance.Id: "10.0.0.2:5000" }] };
            },
            "it is read again without another change");
    }
}
