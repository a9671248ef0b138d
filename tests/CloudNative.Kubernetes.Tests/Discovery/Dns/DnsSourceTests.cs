using CloudNative.Discovery;
using CloudNative.Kubernetes.Discovery.Dns;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Kubernetes.Tests.Discovery.Dns;

public sealed class DnsSourceTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedDns _dns = new();
    private IAsyncEnumerator<EndpointUpdate>? _updates;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_PodsOfSeveralPorts_AreInstancesWithNamedEndpoints()
    {
        _dns.Say("http", 5, ScriptedDns.Pod("catalog-0", "10.0.0.1"), ScriptedDns.Pod("catalog-1", "10.0.0.2", priority: 1, weight: 10));
        _dns.Say("grpc", 5, ScriptedDns.Pod("catalog-0", "10.0.0.1", "grpc", 8081));
        var update = await NextAsync();
        Assert.Equal(["catalog-0", "catalog-1"], update.Instances.Select(instance => instance.Id));
        Assert.Equal(
            [new InstanceEndpoint("http", "10.0.0.1", 8080), new InstanceEndpoint("http", "10.0.0.1", 8081) { Name = "grpc" }],
            update.Instances[0].Endpoints);
        Assert.Equal([0, 1], update.Instances.Select(instance => instance.Priority));
        Assert.Equal([50, 10], update.Instances.Select(instance => instance.Weight));
    }

    [Fact]
    public async Task Watch_ServiceWithAnAddressOfItsOwn_IsOneInstanceByItsName()
    {
        const string Name = "catalog.shop.svc.cluster.local";
        _dns.Say("http", 5, new DnsTarget("http", 80, 0, 100, Name, null));
        _dns.Say("grpc", 5, new DnsTarget("grpc", 81, 0, 100, Name, null));
        var instance = Assert.Single((await NextAsync()).Instances);
        Assert.Equal(Name, instance.Id);
        Assert.Equal([(80, null), (81, "grpc")], instance.Endpoints.Select(endpoint => (endpoint.Port, endpoint.Name)));
        Assert.All(instance.Endpoints, endpoint => Assert.Equal(Name, endpoint.Host));
    }

    [Fact]
    public async Task Watch_AnswerHasLivedItsTime_IsAskedForAgainAndNotBefore()
    {
        _dns.Say("http", 5, ScriptedDns.Pod("catalog-0", "10.0.0.1"));
        _dns.Say("grpc", 60);
        await NextAsync();
        _dns.Say("http", 5, ScriptedDns.Pod("catalog-0", "10.0.0.9"));
        var next = BeginNext();
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(next.IsCompleted);
        Assert.Equal(2, _dns.Asked.Count);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("10.0.0.9", (await next).Instances[0].Endpoints[0].Host);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(86_400, 300)]
    public async Task Watch_TimeThatIsTooShortOrTooLong_IsBounded(int given, int seconds)
    {
        _dns.Say("http", given, ScriptedDns.Pod("catalog-0", "10.0.0.1"));
        _dns.Say("grpc", 86_400);
        await NextAsync();
        var next = BeginNext();
        _time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await next;
    }

    [Fact]
    public async Task Watch_DnsFails_SaysSoAndAsksAgainInFiveSeconds()
    {
        _dns.Fail("CN4416: no answer");
        var failed = await NextAsync();
        Assert.Equal(EndpointUpdateKind.Unavailable, failed.Kind);
        Assert.Equal("CN4416: no answer", failed.Reason);
        Assert.True(failed.IsSourceDown);
        _dns.Fail(null);
        _dns.Say("http", 5, ScriptedDns.Pod("catalog-0", "10.0.0.1"));
        var next = BeginNext();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Single((await next).Instances);
    }

    [Fact]
    public async Task Watch_DnsCannotSayOneName_IsNotTakenForDown()
    {
        _dns.Fail("CN4416: ServerFailure", isServerDown: false);
        Assert.False((await NextAsync()).IsSourceDown);
    }

    [Fact]
    public async Task Watch_SameAnswerAgain_HasTheSameInstances()
    {
        _dns.Say("http", 5, ScriptedDns.Pod("catalog-0", "10.0.0.1"), ScriptedDns.Pod("catalog-1", "10.0.0.2"));
        var first = await NextAsync();
        _dns.Say("http", 5, ScriptedDns.Pod("catalog-1", "10.0.0.2"), ScriptedDns.Pod("catalog-0", "10.0.0.9"));
        var second = await AfterAsync(5);
        Assert.NotSame(first.Instances[0], second.Instances[0]);
        Assert.Same(first.Instances[1], second.Instances[1]);
    }

    [Fact]
    public async Task Watch_PodsOfBothFamilies_CountOnce()
    {
        _dns.Say(
            "http",
            5,
            ScriptedDns.Pod("10-0-0-1", "10.0.0.1"),
            ScriptedDns.Pod("fd00--1", "fd00::1"),
            ScriptedDns.Pod("10-0-0-2", "10.0.0.2"),
            ScriptedDns.Pod("fd00--2", "fd00::2"));
        Assert.Equal(["10-0-0-1", "10-0-0-2"], (await NextAsync()).Instances.Select(instance => instance.Id));
    }

    [Fact]
    public async Task Watch_PodsOfOneName_AreToldApartByTheirAddresses()
    {
        _dns.Say("http", 5, ScriptedDns.Pod("shared", "10.0.0.1"), ScriptedDns.Pod("shared", "10.0.0.2"));
        _dns.Say("grpc", 5, ScriptedDns.Pod("shared", "10.0.0.1", "grpc", 8081), ScriptedDns.Pod("shared", "10.0.0.2", "grpc", 8081));
        var update = await NextAsync();
        Assert.Equal(["10.0.0.1", "10.0.0.2"], update.Instances.Select(instance => instance.Id));
        Assert.All(update.Instances, instance => Assert.Equal(2, instance.Endpoints.Count));
    }

    [Fact]
    public async Task Watch_PodsAreGone_IsDoubtedAndNotTakenForAServiceThatNeverWas()
    {
        Assert.Equal(EndpointUpdateKind.NotFound, (await NextAsync()).Kind);
        _dns.Say("http", 5, ScriptedDns.Pod("catalog-0", "10.0.0.1"));
        Assert.Single((await AfterAsync(30)).Instances);
        _dns.Say("http", 5);
        var gone = await AfterAsync(5);
        Assert.Equal(EndpointUpdateKind.Answer, gone.Kind);
        Assert.Empty(gone.Instances);
        Assert.False(gone.IsConfirmed);
    }

    [Fact]
    public async Task Watch_HostOfSomebodyElse_IsNotAsked()
    {
        Assert.Equal(EndpointUpdateKind.NotFound, (await NextAsync("api.example.com")).Kind);
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public async Task Watch_ServiceOfAnotherNamespace_IsAskedForThere()
    {
        await NextAsync("catalog.billing.svc");
        Assert.Contains("_http._tcp.catalog.billing.svc.cluster.local", _dns.Asked);
    }

    public async ValueTask DisposeAsync()
    {
        if (_updates is not null)
        {
            await _updates.DisposeAsync();
        }
    }

    private async Task<EndpointUpdate> NextAsync(string service = "catalog")
    {
        _updates ??= new DnsSource(_dns, "shop", "cluster.local", ["http", "grpc"], _time)
            .WatchAsync(service, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await _updates.MoveNextAsync());
        return _updates.Current;
    }

    // What is planned is planned before this returns: nothing here waits for another thread.
    private Task<EndpointUpdate> BeginNext() => NextAsync();

    private async Task<EndpointUpdate> AfterAsync(int seconds)
    {
        var next = BeginNext();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return await next;
    }
}
