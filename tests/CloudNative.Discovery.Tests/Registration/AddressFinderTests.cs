using System.Net;
using System.Net.Sockets;
using CloudNative.Discovery.Registration;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Discovery.Tests.Registration;

public sealed class AddressFinderTests
{
    private static readonly Uri Registry = new("http://consul.internal:8500");

    [Theory]
    [InlineData("http://[::]:5000", "http 10.1.2.3:5000")]
    [InlineData("http://0.0.0.0:5000", "http 10.1.2.3:5000")]
    [InlineData("http://10.9.9.9:5000", "http 10.9.9.9:5000")]
    [InlineData("http://[::]:5000 https://[::]:5001", "http 10.1.2.3:5000, https 10.1.2.3:5001")]
    public async Task Find_RemoteRegistry_ResolvesWildcardsByTheRoute(string listening, string expected) =>
        Assert.Equal(expected, Text(await FindAsync(new(), listening, Registry)));

    [Theory]
    [InlineData("http://[::]:5000", "http 127.0.0.1:5000")]
    [InlineData("http://localhost:5000", "http 127.0.0.1:5000")]
    [InlineData("http://127.0.0.1:5000 http://[::1]:5000", "http 127.0.0.1:5000, http ::1:5000")]
    public async Task Find_RegistryOfThisMachine_AnnouncesLoopback(string listening, string expected) =>
        Assert.Equal(expected, Text(await FindAsync(new(), listening, registry: null)));

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://[::1]:5000")]
    public async Task Find_LoopbackForRemoteRegistry_IsRefusedWithTheCure(string listening)
    {
        var found = await FindAsync(new(), listening, Registry);

        Assert.True(found.IsRefused);
        Assert.Empty(found.Endpoints);
        Assert.Contains("consul.internal", found.Reason, StringComparison.Ordinal);
        Assert.Contains("CloudNative:Discovery:Advertise:Host", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_LoopbackHostSetByHandForRemoteRegistry_IsRefused() =>
        Assert.True((await FindAsync(new() { Host = "localhost" }, "http://[::]:5000", Registry)).IsRefused);

    [Fact]
    public async Task Find_PodAddress_WinsOverTheRoute() =>
        Assert.Equal("http 10.244.0.7:8080", Text(await FindAsync(new(), "http://[::]:8080", Registry, pod: "10.244.0.7")));

    [Fact]
    public async Task Find_Host_WinsOverAllElse()
    {
        var options = new AdvertiseOptions { Host = "orders.example", Network = "192.168.0.0/16" };

        Assert.Equal("http orders.example:8080", Text(await FindAsync(options, "http://10.0.0.1:8080", Registry, pod: "10.244.0.7")));
    }

    [Fact]
    public async Task Find_Network_ChoosesTheInterfaceInIt() =>
        Assert.Equal("http 192.168.7.7:80", Text(await FindAsync(new() { Network = "192.168.0.0/16" }, "http://[::]:80", Registry)));

    [Fact]
    public async Task Find_NetworkWithoutInterface_IsRefusedAndNamesTheAddressesHere()
    {
        var found = await FindAsync(new() { Network = "172.16.0.0/12" }, "http://[::]:80", Registry);

        Assert.True(found.IsRefused);
        Assert.Contains("192.168.7.7", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_MappedPort_ReplacesTheListeningOne() =>
        Assert.Equal("http 10.1.2.3:31000", Text(await FindAsync(new() { Port = 31000 }, "http://[::]:8080 https://[::]:8443", Registry)));

    [Theory]
    [InlineData(null, "http 10.1.2.3:8080, http 10.1.2.3:8081 grpc")]
    [InlineData(31000, "http 10.1.2.3:31000")]
    public async Task Find_NamedEndpoint_KeepsItsName(int? port, string expected) =>
        Assert.Equal(expected, Text(await FindAsync(new() { Port = port }, "grpc=http://[::]:8081 http://[::]:8080", Registry)));

    [Fact]
    public async Task Find_Scheme_AnnouncesThatOneOnly() => Assert.Equal(
        "https 10.1.2.3:8443",
        Text(await FindAsync(new() { Scheme = "https" }, "http://[::]:8080 https://[::]:8443", Registry)));

    [Fact]
    public async Task Find_WorkerWithHostAndPort_AnnouncesThem() =>
        Assert.Equal("http jobs.example:9000", Text(await FindAsync(new() { Host = "jobs.example", Port = 9000 }, "", Registry)));

    [Fact]
    public async Task Find_ListensOnNothing_AnnouncesNothingWithoutAnError()
    {
        var found = await FindAsync(new(), "", Registry);

        Assert.Empty(found.Endpoints);
        Assert.False(found.IsRefused);
    }

    [Fact]
    public async Task GetRoute_OfTheMachine_ToLoopbackIsLoopback() => Assert.Equal(
        IPAddress.Loopback,
        await new LocalNetwork().GetRouteAsync(
            new Uri("http://127.0.0.1:1"), AddressFamily.InterNetwork, TestContext.Current.CancellationToken));

    private static string Text(Advertisement found) => string.Join(
        ", ", found.Endpoints.Select(endpoint => $"{endpoint.Scheme} {endpoint.Host}:{endpoint.Port} {endpoint.Name}".TrimEnd()));

    private static async Task<Advertisement> FindAsync(AdvertiseOptions options, string listening, Uri? registry, string? pod = null)
    {
        // An empty value hides a POD_IP of the machine that runs the test.
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["POD_IP"] = pod ?? string.Empty }).Build();
        var addresses = listening.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(address => address.Split('='))
            .Select(parts => new BoundAddress(new Uri(parts[^1]), parts.Length > 1 ? parts[0] : null));
        return await new AddressFinder(new KnownNetwork(), configuration)
            .FindAsync(options, [.. addresses], registry, TestContext.Current.CancellationToken);
    }

    private sealed class KnownNetwork : ILocalNetwork
    {
        public IReadOnlyList<IPAddress> GetAddresses() =>
            [IPAddress.Loopback, IPAddress.Parse("10.1.2.3"), IPAddress.Parse("192.168.7.7")];

        public ValueTask<IPAddress> GetRouteAsync(Uri target, AddressFamily family, CancellationToken cancellationToken) =>
            ValueTask.FromResult(IPAddress.Parse("10.1.2.3"));
    }
}
