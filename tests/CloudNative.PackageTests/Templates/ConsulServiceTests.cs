using CloudNative.TestSupport.Consul;

namespace CloudNative.PackageTests.Templates;

/// <summary>Services that register with Consul, on a real agent.</summary>
public sealed class ConsulServiceTests(PackageFeed feed, ConsulServer server) : IClassFixture<ConsulServer>
{
    public static TheoryData<string> Names =>
        [.. CreatedService.All.Where(service => service.Provider == "consul").Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Service_WithEachOption_PassesItsTestsAndRegisters(string name)
    {
        await server.StartAsync();
        var projects = await feed.CreatedAsync();
        var service = CreatedService.All.Single(service => service.Name == name);
        var environment = new Dictionary<string, string?>
        {
            ["CONSUL_HTTP_ADDR"] = server.Address.Authority,
            ["CloudNative__Embedded__DataDirectory"] = Path.Combine(projects.Folder, name, "data"),
        };
        await ServiceTemplate.CheckAsync(projects, service, environment, async () =>
            Assert.StartsWith($"{service.RegisteredName}:", Assert.Single(await server.ListAsync()), StringComparison.Ordinal));
        Assert.Empty(await server.ListAsync());
    }
}
