using System.Net;
using System.Net.Sockets;
using CloudNative.Kubernetes.Discovery.Dns;
using CloudNative.Kubernetes.Tests.Support;
using CloudNative.TestSupport.Ports;

namespace CloudNative.Kubernetes.Tests.Discovery.Dns;

/// <summary>Against a real server of DNS, with records as the cluster's has them.</summary>
public sealed class DnsReaderTests : IAsyncDisposable
{
    private const string Service = "catalog.shop.svc.cluster.local";

    private readonly NameServer _server = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_HeadlessService_GivesItsPodsWithPriorityWeightAndTime()
    {
        await _server.StartAsync(
            $"srv-host=_http._tcp.{Service},catalog-0.{Service},8080,0,75",
            $"srv-host=_http._tcp.{Service},catalog-1.{Service},8081,1,25",
            $"host-record=catalog-0.{Service},10.0.0.1",
            $"host-record=catalog-1.{Service},10.0.0.2,fd00::2");
        var found = await ReadAsync("http");
        Assert.Equal(
            [
                new DnsTarget("http", 8080, 0, 75, $"catalog-0.{Service}", "10.0.0.1"),
                new DnsTarget("http", 8081, 1, 25, $"catalog-1.{Service}", "10.0.0.2"),
            ],
            found.Pods.OrderBy(pod => pod.Number));
        Assert.Equal(TimeSpan.FromSeconds(7), found.TimeToLive);
    }

    [Fact]
    public async Task Read_ServiceWithAnAddressOfItsOwn_GivesItsNameAndPort()
    {
        await _server.StartAsync($"srv-host=_grpc._tcp.{Service},{Service},81,0,100", $"host-record={Service},10.96.0.7");
        Assert.Equal([new DnsTarget("grpc", 81, 0, 100, Service, null)], (await ReadAsync("grpc")).Pods);
    }

    [Fact]
    public async Task Read_PodsOfIPv6Only_HaveThoseAddresses()
    {
        await _server.StartAsync($"srv-host=_http._tcp.{Service},a.{Service},8080", $"host-record=a.{Service},fd00::1");
        Assert.Equal("fd00::1", Assert.Single((await ReadAsync("http")).Pods).Address);
    }

    [Fact]
    public async Task Read_MoreThanAPacketHolds_GivesAll()
    {
        await _server.StartAsync([.. Enumerable.Range(0, 200).SelectMany(pod => new[]
        {
            $"srv-host=_http._tcp.{Service},catalog-{pod}.{Service},8080",
            $"host-record=catalog-{pod}.{Service},10.0.1.{pod + 1}",
        })]);
        var found = await ReadAsync("http");
        Assert.Equal(200, found.Pods.Select(pod => pod.Address).Distinct().Count());
    }

    [Fact]
    public async Task Read_NameThatDoesNotExist_GivesNothingForAWhile()
    {
        await _server.StartAsync();
        var found = await ReadAsync("http");
        Assert.Empty(found.Pods);
        Assert.InRange(found.TimeToLive, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Read_TargetWithoutAnAddress_IsLeftOut()
    {
        await _server.StartAsync($"srv-host=_http._tcp.{Service},gone.{Service},8080");
        Assert.Empty((await ReadAsync("http")).Pods);
    }

    [Fact]
    public async Task Read_TargetWithSeveralAddresses_GivesAll()
    {
        await _server.StartAsync(
            $"srv-host=_http._tcp.{Service},shared.{Service},8080",
            $"host-record=shared.{Service},10.0.0.1",
            $"host-record=shared.{Service},10.0.0.2");
        Assert.Equal(["10.0.0.1", "10.0.0.2"], (await ReadAsync("http")).Pods.Select(pod => pod.Address).Order());
    }

    [Fact]
    public async Task Read_ServerThatRefusesOrIsAway_FailsWithTheCure()
    {
        await _server.StartAsync();
        var refused = (await ReadAsync("http", "catalog.shop.svc.other.domain")).Failure!;
        Assert.StartsWith("CN4416", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("Refused", refused.Reason, StringComparison.Ordinal);
        Assert.False(refused.IsServerDown);

        await _server.StopAsync();
        var away = (await ReadAsync("http")).Failure!;
        Assert.StartsWith("CN4416", away.Reason, StringComparison.Ordinal);
        Assert.Contains("network policy", away.Reason, StringComparison.Ordinal);
        Assert.True(away.IsServerDown);
    }

    [Fact]
    public async Task Read_OneOfTwoServersIsAway_TheOtherOnesWordCounts()
    {
        await _server.StartAsync($"srv-host=_http._tcp.{Service},a.{Service},8080", $"host-record=a.{Service},10.0.0.1");
        var reader = DnsReader.Create(_server.Address, new IPEndPoint(IPAddress.Loopback, FreePort.Find()));
        for (var round = 0; round < 4; round++)
        {
            Assert.Single((await reader.ReadAsync(Service, "http", Cancel)).Pods);
            var none = await reader.ReadAsync(Service, "grpc", Cancel);
            Assert.Null(none.Failure);
            Assert.Empty(none.Pods);
        }
    }

    [Fact]
    public async Task Read_NobodyToAsk_FailsWithTheCure()
    {
        var reader = new DnsReader(() => throw new InvalidOperationException("no server"));
        var failure = (await reader.ReadAsync(Service, "http", Cancel)).Failure!;
        Assert.StartsWith("CN4416", failure.Reason, StringComparison.Ordinal);
        Assert.True(failure.IsServerDown);
    }

    [Fact]
    public async Task Read_GivenUp_IsNoFailureOfDns()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = DnsReader.Create((IPEndPoint)silent.Client.LocalEndPoint!).ReadAsync(Service, "http", enough.Token);
        await silent.ReceiveAsync(Cancel); // The question has been sent.
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<DnsRecords> ReadAsync(string port, string service = Service) =>
        DnsReader.Create(_server.Address).ReadAsync(service, port, Cancel);
}
