using CloudNative.Consul;
using CloudNative.Discovery;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>Beside what is already there: what others registered is found, and what we register they can read.</summary>
public sealed class OthersTests(ConsulServer server) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    private ConsulHost? _host;

    private ConsulHost Host => _host ??= new ConsulHost(server.Address);

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await server.ClearAsync();
    }

    [Fact]
    public async Task Watch_RegisteredWithNothingButAName_IsAtTheNodesAddress()
    {
        await server.RegisterAsync("""{ "Name": "bare", "Port": 8080 }""");
        var found = Assert.Single((await Watch.FirstAsync(Host.Source, "bare")).Instances);
        Assert.Equal("one/bare", found.Id);
        Assert.Equal([new InstanceEndpoint("http", "127.0.0.1", 8080)], found.Endpoints);
        Assert.Equal((ServiceInstance.DefaultWeight, null, null, 0), (found.Weight, found.Zone, found.Version, found.Metadata.Count));
    }

    [Fact]
    public async Task Watch_Filter_FindsThoseThatItNames()
    {
        await server.RegisterAsync("""{ "ID": "x-1", "Name": "x", "Port": 80, "Meta": { "team": "a" } }""");
        await server.RegisterAsync("""{ "ID": "x-2", "Name": "x", "Port": 80, "Meta": { "team": "b" } }""");
        await using var host = new ConsulHost(server.Address, ("Filter", "Service.Meta.team == \"b\""));
        Assert.Equal("one/x-2", Assert.Single((await Watch.FirstAsync(host.Source, "x")).Instances).Id);
    }

    [Theory]
    [InlineData("Filter", "Service.Meta.team ==", "boolean expression")]
    [InlineData("Namespace", "shop", "Namespaces are a Consul Enterprise feature")]
    public async Task Watch_ServerDoesNotUnderstandASetting_SaysSoInItsWords(string key, string value, string words)
    {
        await using var host = new ConsulHost(server.Address, (key, value));
        var update = await Watch.FirstAsync(host.Source, "x");
        Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
        Assert.Contains(words, update.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{ "Meta": { "secure": "true" } }""", "https")]
    [InlineData("""{ "Meta": { "secure": "false" }, "Tags": ["https"] }""", "http")]
    [InlineData("""{ "Meta": { "scheme": "HTTPS" } }""", "https")]
    [InlineData("""{ "Tags": ["canary", "https"] }""", "https")]
    [InlineData("""{ "Tags": ["secure=true"] }""", "https")]
    [InlineData("""{ "Tags": ["secure"] }""", "https")]
    [InlineData("""{ "Tags": [], "Meta": {} }""", "http")]
    public async Task Watch_SchemeInMetadataOrTags_IsUnderstood(string said, string scheme)
    {
        await server.RegisterAsync("""{ "ID": "x-1", "Name": "x", "Address": "10.0.0.9", "Port": 443, """ + said.TrimStart('{'));
        var found = Assert.Single((await Watch.FirstAsync(Host.Source, "x")).Instances);
        Assert.Equal([new InstanceEndpoint(scheme, "10.0.0.9", 443)], found.Endpoints);
    }

    [Fact]
    public async Task Watch_ZoneVersionWeightsAndTags_AreUnderstood()
    {
        await server.RegisterAsync(
            """
            { "ID": "x-1", "Name": "x", "Address": "10.0.0.9", "Port": 80, "Tags": ["version=2.1", "team=a"],
              "Meta": { "zone": "eu-1b", "owner": "b" }, "Weights": { "Passing": 3, "Warning": 1 } }
            """);
        var found = Assert.Single((await Watch.FirstAsync(Host.Source, "x")).Instances);
        Assert.Equal(("eu-1b", "2.1", 300), (found.Zone, found.Version, found.Weight));
        Assert.Equal(("a", "b"), (found.Metadata["team"], found.Metadata["owner"]));
    }

    [Fact]
    public async Task Watch_AllAreCritical_SaysSo()
    {
        await RegisterWithStateAsync("x-1", "critical");
        await RegisterWithStateAsync("x-2", "critical");
        var update = await Watch.FirstAsync(Host.Source, "x");
        Assert.Equal(EndpointUpdateKind.Answer, update.Kind);
        Assert.Equal("all 2 instances in Consul are critical", update.Reason);
    }

    [Fact]
    public async Task Watch_Warning_TakesCallsOnlyWhenAllowed()
    {
        await RegisterWithStateAsync("x-1", "warning");
        var refused = await Watch.FirstAsync(Host.Source, "x");
        await using var allowing = new ConsulHost(server.Address, (nameof(ConsulOptions.AllowWarning), "true"));
        var taken = await Watch.FirstAsync(allowing.Source, "x");
        Assert.Contains("CloudNative:Consul:AllowWarning", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("one/x-1", Assert.Single(taken.Instances).Id);
    }

    [Fact]
    public async Task Watch_InMaintenance_IsLeftOut()
    {
        await server.RegisterAsync("""{ "ID": "x-1", "Name": "x", "Port": 80 }""");
        await server.RegisterAsync("""{ "ID": "x-2", "Name": "x", "Port": 81 }""");
        using var response = await server.Client.PutAsync(
            "/v1/agent/service/maintenance/x-1?enable=true", null, TestContext.Current.CancellationToken);
        var update = await Watch.FirstAsync(Host.Source, "x", update => update.Instances.Count == 1);
        Assert.Equal("one/x-2", update.Instances[0].Id);
    }

    [Fact]
    public async Task Watch_DatacenterThatIsNotThere_IsUnavailableAndSaysWhy()
    {
        await using var elsewhere = new ConsulHost(server.Address, (nameof(ConsulOptions.Datacenter), "mars"));
        var update = await Watch.FirstAsync(elsewhere.Source, "x");
        Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
        Assert.Contains("No path to datacenter", update.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_ThroughTheSdk_IsReadableByOthers()
    {
        await using var host = new ConsulHost(
            server.Address, ("Registration:Tags:0", "blue"), ("Registration:Ttl", "00:00:30"));
        await using var registration = await host.Registry.RegisterAsync(
            new ServiceInstance
            {
                Service = "orders",
                Id = "7f",
                Endpoints =
                [
                    new InstanceEndpoint("https", "10.0.0.5", 5001),
                    new InstanceEndpoint("http", "10.0.0.5", 5002) { Name = "grpc" },
                ],
                Zone = "eu-1a",
                Version = "3.0",
                Weight = 200,
                Metadata = new Dictionary<string, string> { ["owner"] = "us" },
            },
            TestContext.Current.CancellationToken);

        var entry = (await server.GetAsync("/v1/health/service/orders?passing"))[0];
        var service = entry.GetProperty("Service");
        var meta = service.GetProperty("Meta");
        Assert.Equal(("10.0.0.5", 5001), (service.GetProperty("Address").GetString(), service.GetProperty("Port").GetInt32()));
        Assert.Equal(2, service.GetProperty("Weights").GetProperty("Passing").GetInt32());
        Assert.Equal("blue", Assert.Single(service.GetProperty("Tags").EnumerateArray()).GetString());
        string?[] said = [.. new[] { "scheme", "secure", "zone", "version", "owner" }.Select(key => meta.GetProperty(key).GetString())];
        Assert.Equal(["https", "true", "eu-1a", "3.0", "us"], said);
        Assert.Equal("http://10.0.0.5:5002 name=grpc", meta.GetProperty("endpoint-1").GetString());
    }

    private Task RegisterWithStateAsync(string id, string state) => server.RegisterAsync(
        $$"""{ "ID": "{{id}}", "Name": "x", "Port": 80, "Check": { "TTL": "1h", "Status": "{{state}}" } }""");
}
