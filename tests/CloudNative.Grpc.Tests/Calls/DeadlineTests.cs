using CloudNative.Deadlines;
using CloudNative.Grpc.Tests.Labs;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Grpc.Tests.Calls;

/// <summary>How a deadline reaches the server, and what becomes of a call that runs into one.</summary>
public sealed class DeadlineTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_WithinWorkThatHasADeadline_TellsTheServer()
    {
        await using var server = await ParrotServer.StartAsync("server");
        await using var lab = Lab.Create();
        await lab.KnowAsync(server.Address);
        var before = DateTime.UtcNow;
        using (lab.Services.GetRequiredService<DeadlineContext>().Begin(TimeSpan.FromSeconds(20)))
        {
            await lab.Client.LearnAsync(new Words(), cancellationToken: Cancelled);
        }

        var told = Assert.Single(server.Script.Calls).Deadline;
        Assert.InRange(told, before, DateTime.UtcNow + TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("Given", false)]
    [InlineData("Always", true)]
    public async Task Call_NoDeadlineButItsClientsTimeout_TellsTheServerWhenAskedTo(string sending, bool tells)
    {
        await using var server = await ParrotServer.StartAsync("server");
        await using var lab = Lab.Create(client: null, ("CloudNative:Clients:ParrotClient:SendDeadline", sending));
        await lab.KnowAsync(server.Address);
        await lab.Client.LearnAsync(new Words(), cancellationToken: Cancelled);
        var told = Assert.Single(server.Script.Calls).Deadline;
        Assert.Equal(tells, told <= DateTime.UtcNow + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Call_DeadlineOfItsOwn_IsKeptWhenItIsSooner()
    {
        await using var server = await ParrotServer.StartAsync("server");
        await using var lab = Lab.Create();
        await lab.KnowAsync(server.Address);
        await lab.Client.LearnAsync(new Words(), deadline: DateTime.UtcNow.AddSeconds(10), cancellationToken: Cancelled);
        Assert.InRange(Assert.Single(server.Script.Calls).Deadline, DateTime.UtcNow, DateTime.UtcNow + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Call_RunsOutOfTime_IsDeadlineExceededAndTheServerStops()
    {
        await using var server = await ParrotServer.StartAsync("server");
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.Before = async context =>
        {
            await using var registration = context.CancellationToken.Register(() => stopped.TrySetResult());
            await stopped.Task;
        };
        await using var lab = Lab.Create(client: null, ("CloudNative:Clients:ParrotClient:Timeout", "00:00:00.300"));
        await lab.KnowAsync(server.Address);
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            lab.Client.LearnAsync(new Words(), cancellationToken: Cancelled).ResponseAsync);
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        await stopped.Task.WaitAsync(Cancelled);
    }

    [Fact]
    public async Task Stream_DeadlineOfTheWorkPassesWithinIt_IsDeadlineExceeded()
    {
        await using var server = await ParrotServer.StartAsync("server");
        server.Script.AfterFirst = context => Task.Delay(Timeout.Infinite, context.CancellationToken);
        await using var lab = Lab.Create();
        await lab.KnowAsync(server.Address);
        using var scope = lab.Services.GetRequiredService<DeadlineContext>().Begin(TimeSpan.FromMilliseconds(500));
        using var call = lab.Client.Repeat(new Words(), cancellationToken: Cancelled);
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task Stream_LastsLongerThanItsClientsTimeout_GoesOn()
    {
        await using var server = await ParrotServer.StartAsync("server");
        var goOn = new TaskCompletionSource();
        server.Script.AfterFirst = _ => goOn.Task;
        var clock = new FakeTimeProvider();
        await using var lab = Lab.Create(clock);
        await lab.KnowAsync(server.Address);
        using var call = lab.Client.Repeat(new Words(), cancellationToken: Cancelled);
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        var next = call.ResponseStream.MoveNext(Cancelled);
        clock.Advance(TimeSpan.FromMinutes(10));
        goOn.SetResult();
        Assert.True(await next);
    }

    [Fact]
    public async Task Call_DeadlineHasPassedBefore_IsNotSent()
    {
        await using var server = await ParrotServer.StartAsync("server");
        await using var lab = Lab.Create();
        await lab.KnowAsync(server.Address);
        using var scope = lab.Services.GetRequiredService<DeadlineContext>().Begin(TimeSpan.Zero);
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            lab.Client.LearnAsync(new Words(), cancellationToken: Cancelled).ResponseAsync);
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Empty(server.Script.Calls);
    }
}
