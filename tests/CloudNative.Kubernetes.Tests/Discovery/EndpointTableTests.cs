using CloudNative.Discovery;
using CloudNative.Kubernetes.Tests.Support;

namespace CloudNative.Kubernetes.Tests.Discovery;

/// <summary>A whole service that names Kubernetes, over loopback.</summary>
public sealed class EndpointTableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OnEndpointSlices_FollowsChangesAndOutlivesTheServer()
    {
        await using var server = new KubernetesTestServer();
        server.Put("endpointslices", Slices.Of("catalog", "catalog-a", [Slices.Pod("p1", "10.0.0.1")]));
        await using var host = new TableHost(await server.ListenAsync(Cancel), ("Source", "EndpointSlices"));
        var catalog = host.Table.Get("catalog");
        var seen = await catalog.WaitForAnswerAsync(Cancel);
        Assert.Equal(["10.0.0.1"], Hosts(seen));

        server.Put("endpointslices", Slices.Of("catalog", "catalog-b", [Slices.Pod("p2", "10.0.0.2")]));
        seen = await UntilAsync(catalog, seen, next => next.Endpoints.Length == 2);

        server.Faults.Refuses = true;
        server.BreakWatches();
        seen = await UntilAsync(catalog, seen, next => next.IsStale);
        Assert.Equal(["10.0.0.1", "10.0.0.2"], Hosts(seen));

        // Back again, it goes on where it was: nothing is listed a second time.
        server.Faults.Refuses = false;
        server.Put("endpointslices", Slices.Of("catalog", "catalog-c", [Slices.Pod("p3", "10.0.0.3")]));
        await UntilAsync(catalog, seen, next => next is { IsStale: false, Endpoints.Length: 3 });
        Assert.Single(server.Requests, request => request.Verb == "list");
    }

    [Fact]
    public async Task Get_OnDns_KnowsNamedPortsAndOutlivesTheServer()
    {
        const string Catalog = "catalog.shop.svc.cluster.local";
        await using var dns = new NameServer();
        await dns.StartAsync(
            $"srv-host=_http._tcp.{Catalog},catalog-0.{Catalog},8080",
            $"srv-host=_grpc._tcp.{Catalog},catalog-0.{Catalog},8081",
            $"host-record=catalog-0.{Catalog},10.0.0.1",
            "max-ttl=1");
        await using var host = new TableHost(
            new Uri("http://127.0.0.1:1"), ("Source", "Dns"), ("DnsServer", dns.Address.ToString()), ("ClusterDomain", "cluster.local"));
        var catalog = host.Table.Get("catalog");
        var seen = await catalog.WaitForAnswerAsync(Cancel);
        Assert.Equal([8080, 8081], Assert.Single(seen.Endpoints).Instance.Endpoints.Select(endpoint => endpoint.Port));

        await dns.StopAsync();
        seen = await UntilAsync(catalog, seen, next => next.IsStale);
        Assert.Equal(["10.0.0.1"], Hosts(seen));
    }

    [Fact]
    public async Task Get_ByDefault_LeavesNamesToThePlatformAndAsksNobody()
    {
        await using var server = new KubernetesTestServer();
        await using var host = new TableHost(await server.ListenAsync(Cancel));

        var answer = await host.Table.Get("catalog").WaitForAnswerAsync(Cancel);

        Assert.Equal(ServiceStatus.NotFound, answer.Status);
        Assert.Empty(server.Requests);
        Assert.False(host.Table.IsCandidate("catalog.billing"));
    }

    [Fact]
    public async Task IsCandidate_OtherNamespace_OnlyWhereItIsListed()
    {
        await using var server = new KubernetesTestServer();
        await using var host = new TableHost(
            await server.ListenAsync(Cancel), ("Source", "EndpointSlices"), ("Namespaces:0", "billing"));

        Assert.True(host.Table.IsCandidate("catalog.billing"));
        Assert.True(host.Table.IsCandidate("catalog.stock.svc.cluster.local"));
        Assert.False(host.Table.IsCandidate("catalog.stock"));
        Assert.False(host.Table.IsCandidate("api.example.com"));
    }

    private static IEnumerable<string> Hosts(EndpointSnapshot snapshot) =>
        snapshot.Endpoints.Select(endpoint => endpoint.Instance.Endpoints[0].Host).Order();

    private static async Task<EndpointSnapshot> UntilAsync(
        ServiceEndpoints service, EndpointSnapshot seen, Predicate<EndpointSnapshot> isReached)
    {
        while (!isReached(seen))
        {
            seen = await service.WaitForChangeAsync(seen, Cancel);
        }

        return seen;
    }
}
