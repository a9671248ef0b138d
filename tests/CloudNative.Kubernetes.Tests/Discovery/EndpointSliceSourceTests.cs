using System.Text.Json.Nodes;
using CloudNative.Discovery;
using CloudNative.Kubernetes.Discovery;
using CloudNative.Kubernetes.Tests.Support;
using CloudNative.Testing;

namespace CloudNative.Kubernetes.Tests.Discovery;

/// <summary>What the endpoint table is told of the slices of a Service.</summary>
public sealed class EndpointSliceSourceTests : IAsyncDisposable
{
    private readonly InformerBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Watch_SeveralSlices_AreOneAnswerWithoutWhoIsNotReady()
    {
        Put(Slices.Of("catalog", "catalog-a", [Slices.Pod("p1", "10.0.0.1", zone: "a"), Slices.Pod("p2", "10.0.0.2", isReady: false)]));
        Put(Slices.Of("catalog", "catalog-b", [Slices.Pod("p3", "10.0.0.3", isReady: null)]));
        Put(Slices.Of("other", "other-a", [Slices.Pod("p4", "10.0.0.4")]));

        var answer = await FirstAsync("catalog");

        Assert.Equal((EndpointUpdateKind.Answer, true), (answer.Kind, answer.IsConfirmed));
        Assert.Equal(["p1 http://10.0.0.1:8080", "p3 http://10.0.0.3:8080"], answer.Instances.Select(Text));
        Assert.Equal(("catalog", "a", "node-of-p1"), (
            answer.Instances[0].Service, answer.Instances[0].Zone, answer.Instances[0].Metadata["k8s.node.name"]));
    }

    [Fact]
    public async Task Watch_EndpointInTwoSlices_IsOneInstance()
    {
        Put(Slices.Of("catalog", "catalog-6", [Slices.Pod("p1", "fd00::1")], family: "IPv6"));
        Put(Slices.Of("catalog", "catalog-9", [Slices.Pod("p1", "10.0.0.1")]));
        Put(Slices.Of("catalog", "catalog-moved", [Slices.Pod("p1", "10.0.0.1")]));

        Assert.Equal(["p1 http://10.0.0.1:8080"], (await FirstAsync("catalog")).Instances.Select(Text));
    }

    [Fact]
    public async Task Watch_OnlyIPv6_IsFound()
    {
        Put(Slices.Of("catalog", "catalog-6", [Slices.Pod("p1", "fd00::1")], family: "IPv6"));
        Assert.Equal(["p1 http://fd00::1:8080"], (await FirstAsync("catalog")).Instances.Select(Text));
    }

    [Fact]
    public async Task Watch_AllAreGoingAway_ThoseThatStillAnswerAreTaken()
    {
        Put(Slices.Of("catalog", "catalog-a", [
            Slices.Pod("leaving", "10.0.0.1", isReady: false, isServing: true, isTerminating: true),
            Slices.Pod("gone", "10.0.0.2", isReady: false, isServing: false, isTerminating: true)]));
        await using var updates = Watch("catalog");
        Assert.Equal(["leaving http://10.0.0.1:8080"], (await NextAsync(updates)).Instances.Select(Text));

        Put(Slices.Of("catalog", "catalog-b", [Slices.Pod("new", "10.0.0.3")]));
        Assert.Equal(["new http://10.0.0.3:8080"], (await NextAsync(updates)).Instances.Select(Text));
    }

    [Fact]
    public async Task Watch_NamedPorts_AreNamedEndpoints()
    {
        Put(Slices.Of("catalog", "catalog-a", [Slices.Pod("p1", "10.0.0.1")], [
            Slices.Port("http", 80),
            Slices.Port("secure", 443, application: "https"),
            Slices.Port("grpc", 5000, protocol: "TCP", application: "kubernetes.io/h2c"),
            Slices.Port("dns", 53, protocol: "UDP")]));
        Put(Slices.Of("metrics", "metrics-a", [Slices.Pod("p2", "10.0.0.2")], [Slices.Port("prometheus", 9090)]));

        Assert.Equal(
            [((string?)null, "http", 80), ("secure", "https", 443), ("grpc", "http", 5000)],
            (await FirstAsync("catalog")).Instances[0].Endpoints.Select(endpoint => (endpoint.Name, endpoint.Scheme, endpoint.Port)));
        Assert.Equal(
            [((string?)null, 9090), ("prometheus", 9090)],
            (await FirstAsync("metrics")).Instances[0].Endpoints.Select(endpoint => (endpoint.Name, endpoint.Port)));
    }

    [Fact]
    public async Task Watch_HintsForZones_MakeOthersTheReserve()
    {
        Put(Slices.Of("catalog", "catalog-a", [
            Slices.Pod("here", "10.0.0.1", zone: "a", forZones: "a"), Slices.Pod("there", "10.0.0.2", zone: "b", forZones: ["b", "c"])]));
        Put(Slices.Of("elsewhere", "elsewhere-a", [
            Slices.Pod("b", "10.0.0.1", zone: "b", forZones: "b"), Slices.Pod("c", "10.0.0.2", zone: "c", forZones: "c")]));
        Put(Slices.Of("partly", "partly-a", [
            Slices.Pod("here", "10.0.0.1", zone: "a", forZones: "a"), Slices.Pod("there", "10.0.0.2", zone: "b")]));

        Assert.Equal([("here", 0), ("there", 1)], Priorities(await FirstAsync("catalog")));
        Assert.Equal([("b", 0), ("c", 0)], Priorities(await FirstAsync("elsewhere")));
        Assert.Equal([("here", 0), ("there", 0)], Priorities(await FirstAsync("partly")));
    }

    [Fact]
    public async Task Watch_NoSliceOrNobodyReady_SaysWhich()
    {
        Put(Slices.Of("empty", "empty-a", []));
        Put(Slices.Of("starting", "starting-a", [
            Slices.Pod("p1", "10.0.0.1", isReady: false), Slices.Pod("p2", "10.0.0.2", isReady: false)]));

        Assert.Equal(EndpointUpdateKind.NotFound, (await FirstAsync("missing")).Kind);
        Assert.Equal(EndpointUpdateKind.NotFound, (await FirstAsync("no_service")).Kind);
        Assert.Equal("the Service selects no pod", (await FirstAsync("empty")).Reason);
        Assert.Equal("none of the 2 pods of the Service is ready", (await FirstAsync("starting")).Reason);
    }

    [Fact]
    public async Task Watch_OtherNamespace_AsksThere()
    {
        Put(Slices.Of("catalog", "catalog-a", [Slices.Pod("p1", "10.0.0.1")], place: "billing"));

        Assert.Equal(["p1 http://10.0.0.1:8080"], (await FirstAsync("catalog.billing")).Instances.Select(Text));
        Assert.Equal("catalog.billing", (await FirstAsync("catalog.billing")).Instances[0].Service);
    }

    [Fact]
    public async Task Watch_OneOfManyChanges_TheOthersAreTheSameObjects()
    {
        JsonObject[] pods = [.. Enumerable.Range(0, 100).Select(number => Slices.Pod($"p{number:000}", $"10.0.0.{number}"))];
        Put(Slices.Of("catalog", "catalog-a", [.. pods.Select(pod => pod.DeepClone().AsObject())]));
        await using var updates = Watch("catalog");
        var before = (await NextAsync(updates)).Instances;

        pods[7] = Slices.Pod("p007", "10.0.0.7", zone: "b");
        Put(Slices.Of("catalog", "catalog-a", pods));
        var after = (await NextAsync(updates)).Instances;

        Assert.Equal([7], Enumerable.Range(0, 100).Where(number => !ReferenceEquals(before[number], after[number])));
        Assert.Equal("b", after[7].Zone);
    }

    [Fact]
    public async Task Watch_ServerAway_SaysSoAndThenWhatIsThere()
    {
        Put(Slices.Of("catalog", "catalog-a", [Slices.Pod("p1", "10.0.0.1")]));
        await using var updates = Watch("catalog");
        await NextAsync(updates);
        await _bench.SoonAsync(() => _bench.Server.OpenWatches > 0);

        _bench.Server.Faults.Refuses = true;
        _bench.Server.BreakWatches();
        var away = updates.MoveNextAsync().AsTask();
        await _bench.UntilAsync(() => away.IsCompleted, TimeSpan.FromMinutes(1));
        Assert.Equal(EndpointUpdateKind.Unavailable, updates.Current.Kind);
        Assert.StartsWith("CN4402", updates.Current.Reason, StringComparison.Ordinal);

        Put(Slices.Of("catalog", "catalog-b", [Slices.Pod("p2", "10.0.0.2")]));
        _bench.Server.Faults.Refuses = false;
        var back = ReadUntilAnswerAsync(updates, count: 2);
        await _bench.UntilAsync(() => back.IsCompleted, TimeSpan.FromMinutes(2));
        Assert.Equal(["p1", "p2"], (await back).Instances.Select(instance => instance.Id));
    }

    [Fact]
    public async Task Watch_MayNotList_NamesTheMissingRuleAndSparesOtherServices()
    {
        using var directory = new TemporaryDirectory();
        var token = directory.Combine("token");
        await using var bench = new InformerBench(options => options.TokenFile = token);
        await File.WriteAllTextAsync(token, bench.Server.AddToken("system:serviceaccount:shop:orders"), Cancel);

        await using var updates = Watch("catalog", bench);
        var answer = await NextAsync(updates);

        Assert.Equal((EndpointUpdateKind.Unavailable, false), (answer.Kind, answer.IsSourceDown));
        Assert.StartsWith("CN4403", answer.Reason, StringComparison.Ordinal);
        Assert.Contains("endpointslices", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ServiceIsDeleted_IsBelievedAtOnce()
    {
        Put(Slices.Of("catalog", "catalog-a", [Slices.Pod("p1", "10.0.0.1")]));
        await using var updates = Watch("catalog");
        await NextAsync(updates);

        _bench.Server.Remove("endpointslices", InformerBench.Place, "catalog-a");
        var answer = await NextAsync(updates);

        Assert.Equal((0, true, "the Service is gone"), (answer.Instances.Count, answer.IsConfirmed, answer.Reason));
    }

    [Fact]
    public async Task Watch_HeadlessWithoutPorts_IsLeftToDns()
    {
        Put(Slices.Of("database", "database-a", [Slices.Pod("p1", "10.0.0.1")], []));
        Assert.Equal(EndpointUpdateKind.NotFound, (await FirstAsync("database")).Kind);
    }

    [Fact]
    public async Task Watch_AddressesWithoutPods_AreInstancesByPort()
    {
        JsonObject external = new() { ["addresses"] = new JsonArray("10.9.9.9") };
        Put(Slices.Of("legacy", "legacy-a", [external.DeepClone().AsObject()], [Slices.Port(null, 8080)]));
        Put(Slices.Of("legacy", "legacy-b", [external.DeepClone().AsObject()], [Slices.Port(null, 8081)]));
        Assert.Equal([8080, 8081], (await FirstAsync("legacy")).Instances.Select(instance => instance.Endpoints[0].Port));
    }

    [Fact]
    public async Task Watch_NoServer_SaysSo()
    {
        var source = new EndpointSliceSource(
            () => new KubernetesInformers(new KubernetesApi(new KubernetesOptions())), InformerBench.Place, "cluster.local", zone: null);
        await using var updates = source.WatchAsync("catalog", Cancel).GetAsyncEnumerator(Cancel);
        var answer = await NextAsync(updates);
        Assert.Equal(EndpointUpdateKind.Unavailable, answer.Kind);
        Assert.StartsWith("CN4409", answer.Reason, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, int)> Priorities(EndpointUpdate answer) =>
        answer.Instances.Select(instance => (instance.Id, instance.Priority));

    private static string Text(ServiceInstance instance) =>
        $"{instance.Id} {instance.Endpoints[0].Scheme}://{instance.Endpoints[0].Host}:{instance.Endpoints[0].Port}";

    private static async Task<EndpointUpdate> NextAsync(IAsyncEnumerator<EndpointUpdate> updates)
    {
        Assert.True(await updates.MoveNextAsync());
        return updates.Current;
    }

    private static async Task<EndpointUpdate> ReadUntilAnswerAsync(IAsyncEnumerator<EndpointUpdate> updates, int count)
    {
        EndpointUpdate update;
        do
        {
            update = await NextAsync(updates);
        }
        while (update.Instances.Count < count);

        return update;
    }

    private void Put(JsonObject slice) => _bench.Server.Put("endpointslices", slice);

    private IAsyncEnumerator<EndpointUpdate> Watch(string service, InformerBench? bench = null) =>
        new EndpointSliceSource(() => (bench ?? _bench).Informers, InformerBench.Place, "cluster.local", "a")
            .WatchAsync(service, Cancel).GetAsyncEnumerator(Cancel);

    private async Task<EndpointUpdate> FirstAsync(string service)
    {
        await using var updates = Watch(service);
        return await NextAsync(updates);
    }
}
