using CloudNative.Grpc.Tests.Labs;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.Grpc.Tests.Calls;

/// <summary>Calls of the factory's clients over the pipeline, against real servers.</summary>
public sealed class CallTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_OfOneChannel_AreSpreadOverAllInstances()
    {
        await using var polly = await ParrotServer.StartAsync("polly");
        await using var coco = await ParrotServer.StartAsync("coco");
        await using var lab = Lab.Create(client: null, ("CloudNative:Clients:ParrotClient:LoadBalancing:Policy", "WeightedRoundRobin"));
        await lab.KnowAsync(polly.Address, coco.Address);
        var client = lab.Client;
        for (var number = 0; number < 20; number++)
        {
            await client.SayAsync(new Words { Text = $"{number}" }, cancellationToken: Cancelled);
        }

        Assert.Equal((10, 10), (polly.Script.Calls.Count, coco.Script.Calls.Count));
    }

    [Fact]
    public async Task Call_OneInstanceRefuses_GoesToTheOtherWhateverTheMethod()
    {
        await using var polly = await ParrotServer.StartAsync("polly");
        await using var lab = Lab.Create();
        await lab.KnowAsync(await ParrotServer.DeadAddressAsync(), polly.Address);
        for (var number = 0; number < 20; number++)
        {
            await lab.Client.LearnAsync(new Words { Text = $"{number}" }, cancellationToken: Cancelled);
        }

        Assert.Equal(20, polly.Script.Calls.Count);
    }

    [Fact]
    public async Task Call_StatusUnavailable_IdempotentMethodIsRepeatedElsewhere()
    {
        await using var broken = await ParrotServer.StartAsync("broken");
        await using var polly = await ParrotServer.StartAsync("polly");
        broken.Script.Before = ParrotScript.Fail(StatusCode.Unavailable);
        await using var lab = Lab.Create(client => client.AddIdempotentMethods(Parrot.Descriptor));
        await lab.KnowAsync(broken.Address, polly.Address);
        for (var number = 0; number < 5; number++)
        {
            var answer = await lab.Client.SayAsync(new Words { Text = $"{number}" }, cancellationToken: Cancelled);
            Assert.Equal($"polly: {number}", answer.Text);
        }

        Assert.NotEmpty(broken.Script.Calls);
        var repeated = polly.Script.Calls.Where(call => call.Headers.GetValue("grpc-previous-rpc-attempts") is not null).ToList();
        Assert.Equal(broken.Script.Calls.Count, repeated.Count);
        Assert.All(repeated, call => Assert.Equal("1", call.Headers.GetValue("grpc-previous-rpc-attempts")));
    }

    [Fact]
    public async Task Call_StatusUnavailable_AnyOtherMethodIsSentOnce()
    {
        await using var broken = await ParrotServer.StartAsync("broken");
        broken.Script.Before = ParrotScript.Fail(StatusCode.Unavailable);
        await using var lab = Lab.Create(client => client.AddIdempotentMethods(Parrot.Descriptor));
        await lab.KnowAsync(broken.Address, broken.Address);
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            lab.Client.LearnAsync(new Words { Text = "once" }, cancellationToken: Cancelled).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Single(broken.Script.Calls);
    }

    [Fact]
    public async Task Call_IdempotencyKeyAmongItsMetadata_IsRepeated()
    {
        await using var broken = await ParrotServer.StartAsync("broken");
        broken.Script.Before = ParrotScript.Fail(StatusCode.Unavailable);
        await using var lab = Lab.Create(client: null, ("CloudNative:Clients:ParrotClient:Retry:MaxAttempts", "2"));
        await lab.KnowAsync(broken.Address, broken.Address);
        await Assert.ThrowsAsync<RpcException>(() => lab.Client.LearnAsync(
            new Words { Text = "twice" }, new Metadata { { "Idempotency-Key", "7" } }, cancellationToken: Cancelled).ResponseAsync);
        Assert.Equal(["7", "7"], broken.Script.Calls.Select(call => call.Headers.GetValue("idempotency-key")));
    }

    [Theory]
    [InlineData("-1", 1)]
    [InlineData("soon", 1)]
    [InlineData("0", 3)]
    public async Task Call_ServerPushesBack_IsObeyed(string pushback, int calls)
    {
        await using var broken = await ParrotServer.StartAsync("broken");
        broken.Script.Before = _ => throw new RpcException(
            new Status(StatusCode.Unavailable, "busy"), new Metadata { { "grpc-retry-pushback-ms", pushback } });
        await using var lab = Lab.Create(client => client.AddIdempotentMethods(Parrot.Descriptor));
        await lab.KnowAsync(broken.Address);
        await Assert.ThrowsAsync<RpcException>(() =>
            lab.Client.SayAsync(new Words { Text = "now" }, cancellationToken: Cancelled).ResponseAsync);
        Assert.Equal(calls, broken.Script.Calls.Count);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.ResourceExhausted)]
    public async Task Call_OtherStatus_IsNotRepeated(StatusCode status)
    {
        await using var server = await ParrotServer.StartAsync("server");
        server.Script.Before = ParrotScript.Fail(status);
        await using var lab = Lab.Create(client => client.AddIdempotentMethods(Parrot.Descriptor));
        await lab.KnowAsync(server.Address, server.Address);
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            lab.Client.SayAsync(new Words { Text = "no" }, cancellationToken: Cancelled).ResponseAsync);
        Assert.Equal(status, failure.StatusCode);
        Assert.Single(server.Script.Calls);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.Unknown, true)]
    [InlineData(StatusCode.Internal, true)]
    [InlineData(StatusCode.DataLoss, true)]
    [InlineData(StatusCode.InvalidArgument, false)]
    [InlineData(StatusCode.PermissionDenied, false)]
    [InlineData(StatusCode.Unimplemented, false)]
    [InlineData(StatusCode.DeadlineExceeded, false)]
    public async Task Instance_FailsThreeTimes_IsEjectedForWhatIsItsFault(StatusCode status, bool isEjected)
    {
        await using var server = await ParrotServer.StartAsync("server");
        await using var other = await ParrotServer.StartAsync("other");
        server.Script.Before = ParrotScript.Fail(status);
        other.Script.Before = ParrotScript.Fail(status);
        await using var lab = Lab.Create();
        await lab.KnowAsync(server.Address, other.Address);
        for (var number = 0; number < 12; number++)
        {
            await Assert.ThrowsAsync<RpcException>(() =>
                lab.Client.LearnAsync(new Words { Text = "x" }, cancellationToken: Cancelled).ResponseAsync);
        }

        Assert.Equal(isEjected, lab.Table.Get("parrot").Snapshot.Endpoints.Any(endpoint => endpoint.EjectedUntil > 0));
    }

    [Fact]
    public async Task Stream_FailsAfterItsFirstMessage_IsNotRepeatedAndItsTrailersCountAgainstTheInstance()
    {
        await using var server = await ParrotServer.StartAsync("server");
        await using var other = await ParrotServer.StartAsync("other");
        server.Script.AfterFirst = ParrotScript.Fail(StatusCode.Unavailable);
        other.Script.AfterFirst = ParrotScript.Fail(StatusCode.Unavailable);
        await using var lab = Lab.Create(client => client.AddIdempotentMethods(Parrot.Descriptor));
        await lab.KnowAsync(server.Address, other.Address);
        for (var number = 1; number <= 8; number++)
        {
            using var call = lab.Client.Repeat(new Words { Text = "hello" }, cancellationToken: Cancelled);
            Assert.True(await call.ResponseStream.MoveNext(Cancelled));
            var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));
            Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
            Assert.Equal(number, server.Script.Calls.Count + other.Script.Calls.Count);
        }

        Assert.Contains(lab.Table.Get("parrot").Snapshot.Endpoints, endpoint => endpoint.EjectedUntil > 0);
    }

    [Fact]
    public async Task Stream_FailsBeforeItsFirstMessage_IsRepeated()
    {
        await using var broken = await ParrotServer.StartAsync("broken");
        await using var polly = await ParrotServer.StartAsync("polly");
        broken.Script.Before = ParrotScript.Fail(StatusCode.Unavailable);
        await using var lab = Lab.Create(client => client.AddIdempotentMethods(Parrot.Descriptor));
        await lab.KnowAsync(broken.Address, polly.Address);
        for (var number = 0; number < 4; number++)
        {
            using var call = lab.Client.Repeat(new Words { Text = "hello" }, cancellationToken: Cancelled);
            Assert.Equal(2, await call.ResponseStream.ReadAllAsync(Cancelled).CountAsync(Cancelled));
        }
    }

    [Fact]
    public async Task StreamOfRequests_Fails_IsSentOnce()
    {
        await using var broken = await ParrotServer.StartAsync("broken");
        broken.Script.Before = ParrotScript.Fail(StatusCode.Unavailable);
        await using var lab = Lab.Create(client => client.AddIdempotentMethods(Parrot.Descriptor));
        await lab.KnowAsync(broken.Address, broken.Address);
        using var call = lab.Client.Listen(cancellationToken: Cancelled);
        await call.RequestStream.WriteAsync(new Words { Text = "a" }, Cancelled);
        await call.RequestStream.CompleteAsync();
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Single(broken.Script.Calls);
    }

    [Fact]
    public async Task Client_RetriesByItsServiceConfigToo_IsSaidOnce()
    {
        await using var server = await ParrotServer.StartAsync("server");
        var retries = new MethodConfig
        {
            Names = { MethodName.Default },
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 2,
                InitialBackoff = TimeSpan.FromMilliseconds(1),
                MaxBackoff = TimeSpan.FromMilliseconds(1),
                BackoffMultiplier = 1,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
#pragma warning disable CN9203 // what the analyzer warns of is warned of here at run time
        await using var lab = Lab.Create(client => client.ConfigureChannel(
            channel => channel.ServiceConfig = new ServiceConfig { MethodConfigs = { retries } }));
#pragma warning restore CN9203
        await lab.KnowAsync(server.Address);
        await lab.Client.SayAsync(new Words(), cancellationToken: Cancelled);
        await lab.Client.SayAsync(new Words(), cancellationToken: Cancelled);
        var record = Assert.Single(
            lab.Services.GetRequiredService<FakeLogCollector>().GetSnapshot(), record => record.Level == LogLevel.Warning);
        Assert.Contains("gRPC client ParrotClient retries", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_Runs_CountsAsInFlightUntilItsLastMessage()
    {
        await using var server = await ParrotServer.StartAsync("server");
        var goOn = new TaskCompletionSource();
        server.Script.AfterFirst = _ => goOn.Task;
        await using var lab = Lab.Create();
        await lab.KnowAsync(server.Address);
        var endpoint = Assert.Single(lab.Table.Get("parrot").Snapshot.Endpoints);
        using var call = lab.Client.Repeat(new Words { Text = "hello" }, cancellationToken: Cancelled);
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(1, endpoint.InFlight);
        goOn.SetResult();
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        Assert.False(await call.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(0, endpoint.InFlight);
    }
}
