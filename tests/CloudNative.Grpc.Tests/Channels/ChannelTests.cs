using CloudNative.Grpc.Tests.Labs;
using Grpc.Core;
using Grpc.Net.Client;

namespace CloudNative.Grpc.Tests.Channels;

/// <summary>Channels made by hand, without a client factory.</summary>
public sealed class ChannelTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_TwoInstances_GoToBothAndAreCounted()
    {
        await using var polly = await ParrotServer.StartAsync("polly");
        await using var coco = await ParrotServer.StartAsync("coco");
        await using var lab = Lab.Create();
        await lab.KnowAsync(polly.Address, coco.Address);
        using var channel = Channel(lab, "parrot");
        var client = new Parrot.ParrotClient(channel);

        // The more calls one of them has in hand, the rather the other is picked.
        using var arrived = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource();
        polly.Script.Before = coco.Script.Before = _ =>
        {
            arrived.Release();
            return goOn.Task;
        };
        var calls = new List<Task<Words>>();
        while (polly.Script.Calls.IsEmpty || coco.Script.Calls.IsEmpty)
        {
            calls.Add(client.SayAsync(new Words(), cancellationToken: Cancelled).ResponseAsync);
            await arrived.WaitAsync(Cancelled);
        }

        var endpoints = lab.Table.Get("parrot").Snapshot.Endpoints;
        Assert.Equal(calls.Count, endpoints.Sum(endpoint => endpoint.InFlight));
        goOn.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(0, endpoints.Sum(endpoint => endpoint.InFlight));
    }

    [Fact]
    public async Task Calls_OneInstanceRefuses_GoToTheOther()
    {
        await using var polly = await ParrotServer.StartAsync("polly");
        await using var lab = Lab.Create();
        await lab.KnowAsync(await ParrotServer.DeadAddressAsync(), polly.Address);
        using var channel = Channel(lab, "parrot");
        var client = new Parrot.ParrotClient(channel);
        for (var number = 0; number < 10; number++)
        {
            await client.SayAsync(new Words(), new CallOptions(cancellationToken: Cancelled).WithWaitForReady());
        }

        Assert.Equal(10, polly.Script.Calls.Count);
    }

    [Fact]
    public async Task Calls_InstanceLeavesAndAnotherComes_FollowTheTable()
    {
        await using var polly = await ParrotServer.StartAsync("polly");
        await using var coco = await ParrotServer.StartAsync("coco");
        await using var lab = Lab.Create();
        await lab.KnowAsync(polly.Address);
        using var channel = Channel(lab, "parrot");
        var client = new Parrot.ParrotClient(channel);
        Assert.Equal("polly: a", (await client.SayAsync(new Words { Text = "a" }, cancellationToken: Cancelled)).Text);

        await lab.ForgetAsync();
        await lab.KnowAsync(coco.Address);
        Words answer;
        do
        {
            answer = await client.SayAsync(new Words { Text = "b" }, new CallOptions(cancellationToken: Cancelled).WithWaitForReady());
        }
        while (answer.Text != "coco: b");
    }

    [Fact]
    public async Task Call_NobodyKnowsTheService_SaysSo()
    {
        await using var lab = Lab.Create();
        using var channel = Channel(lab, "parot");
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            new Parrot.ParrotClient(channel).SayAsync(new Words(), cancellationToken: Cancelled).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Contains("No service 'parot' is known", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cloudnative:///")]
    [InlineData("cloudnative:///a/b")]
    public async Task Create_AddressNamesNoService_IsRefused(string address)
    {
        await using var lab = Lab.Create();
        var failure = Assert.Throws<InvalidOperationException>(() => Open(lab, address));
        Assert.Contains("it looks like 'cloudnative:///catalog'", failure.Message, StringComparison.Ordinal);
    }

    private static GrpcChannel Channel(Lab lab, string service) => Open(lab, $"cloudnative:///{service}");

    private static GrpcChannel Open(Lab lab, string address) => GrpcChannel.ForAddress(
        address, new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure, ServiceProvider = lab.Services });
}
