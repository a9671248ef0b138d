using CloudNative.Discovery;

namespace CloudNative.Testing.Conformance;

public abstract partial class ServiceRegistryConformance
{
    /// <summary>What is registered is found by a watch that was open before.</summary>
    [Fact]
    public async Task Register_WatchIsOpen_SeesInstance()
    {
        var watch = Watch("catalog");
        await watch.WaitForAsync(_ => true);
        await RegisterAsync("catalog", "a");
        await watch.WaitForIdsAsync("a");
    }

    /// <summary>A watch opened later begins with what is there.</summary>
    [Fact]
    public async Task Register_ThenWatch_SeesInstance()
    {
        await RegisterAsync("catalog", "a");
        await Watch("catalog").WaitForIdsAsync("a");
    }

    /// <summary>Everything that an instance says arrives as it was said.</summary>
    [Fact]
    public async Task Register_AllProperties_ArriveUnchanged()
    {
        var said = new ServiceInstance
        {
            Service = "catalog",
            Id = "a",
            Endpoints =
            [
                new InstanceEndpoint("https", "10.1.2.3", 8443) { Authority = "catalog.example" },
                new InstanceEndpoint("http", "::1", 8081) { Name = "admin" },
            ],
            Version = "1.2.3-beta+4",
            Zone = "eu-1a",
            Weight = 0,
            Priority = 3,
            Metadata = new Dictionary<string, string> { ["team"] = "it's \"ünïcode\" ☂; DROP TABLE instance", ["empty"] = "" },
        };
        var registration = await Subject.Registry.RegisterAsync(said, Cancelled);
        Assert.Equal(said, registration.Instance);
        var found = Assert.Single((await Watch("catalog").WaitForIdsAsync("a")).Instances);
        Assert.Equal(said.Service, found.Service);
        Assert.Equal(said.Endpoints, found.Endpoints);
        Assert.Equal((said.Version, said.Zone, said.Weight, said.Priority), (found.Version, found.Zone, found.Weight, found.Priority));
        Assert.Equal(said.Metadata.OrderBy(pair => pair.Key), found.Metadata.OrderBy(pair => pair.Key));
    }

    /// <summary>Defaults stay defaults.</summary>
    [Fact]
    public async Task Register_DefaultsOnly_ArriveAsDefaults()
    {
        await RegisterAsync("catalog", "a");
        var found = Assert.Single((await Watch("catalog").WaitForIdsAsync("a")).Instances);
        Assert.Equal(ServiceInstance.DefaultWeight, found.Weight);
        Assert.Null(found.Version);
        Assert.Null(found.Zone);
        Assert.Empty(found.Metadata);
    }

    /// <summary>Names of services are compared without case.</summary>
    [Fact]
    public async Task Register_NameInOtherCase_IsTheSameService()
    {
        await RegisterAsync("Catalog", "a");
        await Watch("cATALOG").WaitForIdsAsync("a");
    }

    /// <summary>The same id again replaces what was said before.</summary>
    [Fact]
    public async Task Register_SameIdAgain_Replaces()
    {
        var watch = Watch("catalog");
        await RegisterAsync("catalog", "a", port: 5001);
        await RegisterAsync("catalog", "a", port: 5002);
        var update = await watch.WaitForAsync(
            update => update.Instances.Count > 0 && update.Instances[0].Endpoints[0].Port == 5002);
        Assert.Single(update.Instances);
    }

    /// <summary>Who was replaced takes nothing away from who replaced it.</summary>
    [Fact]
    public async Task Deregister_AfterReplacement_LeavesTheReplacement()
    {
        var replaced = await RegisterAsync("catalog", "a", port: 5001);
        await RegisterAsync("catalog", "a", port: 5002);
        await replaced.DisposeAsync();
        await RegisterAsync("catalog", "b");
        await Watch("catalog").WaitForIdsAsync("a", "b");
    }

    /// <summary>An id identifies within its service only.</summary>
    [Fact]
    public async Task Register_SameIdInTwoServices_AreTwoInstances()
    {
        var catalog = await RegisterAsync("catalog", "a");
        await RegisterAsync("ordering", "a");
        await catalog.DisposeAsync();
        await Watch("ordering").WaitForIdsAsync("a");
    }

    /// <summary>Many at once all arrive.</summary>
    [Fact]
    public async Task Register_FiftyAtOnce_AllAreFound()
    {
        var watch = Watch("catalog");
        var ids = Enumerable.Range(0, 50).Select(number => $"i{number:00}").ToArray();
        await Task.WhenAll(ids.Select(id => RegisterAsync("catalog", id).AsTask()));
        await watch.WaitForIdsAsync(ids);
    }

    /// <summary>Services do not mix.</summary>
    [Fact]
    public async Task Register_FiftyServices_EachWatchSeesItsOwn()
    {
        var services = Enumerable.Range(0, 50).Select(number => $"service-{number:00}").ToArray();
        var watches = services.Select(Watch).ToArray();
        await Task.WhenAll(services.Select(service => RegisterAsync(service, "of-" + service).AsTask()));
        for (var index = 0; index < services.Length; index++)
        {
            await watches[index].WaitForIdsAsync("of-" + services[index]);
        }
    }

    /// <summary>An instance that nobody could call is refused.</summary>
    [Fact]
    public async Task Register_NoEndpoint_Throws() => await Assert.ThrowsAnyAsync<ArgumentException>(() =>
        Subject.Registry.RegisterAsync(Instance("catalog", "a") with { Endpoints = [] }, Cancelled).AsTask());

    /// <summary>A cancelled attempt announces nothing and says so.</summary>
    [Fact]
    public async Task Register_Cancelled_Throws() => await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
        Subject.Registry.RegisterAsync(Instance("catalog", "a"), new CancellationToken(true)).AsTask());
}
