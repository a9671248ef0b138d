using System.Net;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Http.Tests.Limits;

public sealed class ConcurrencyLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_EveryInstanceIsFull_FailsAtOnceAndSaysWhy()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var one = await TestServer.StartAsync(Held(release));
        await using var two = await TestServer.StartAsync(Held(release));
        await using var lab = Create();
        lab.Know(one, two);
        await lab.SettledAsync();
        using var client = lab.Client();
        var held = Enumerable.Range(0, 4).Select(_ => client.GetStringAsync("http://catalog/", Token)).ToList();

        var exception = await Assert.ThrowsAsync<ConcurrencyLimitException>(() => client.GetAsync("http://catalog/", Token));

        Assert.Equal("catalog", exception.Service);
        Assert.Equal(2, exception.Limit);
        Assert.Contains("CloudNative:Clients:lab:ConcurrencyLimit", exception.Message, StringComparison.Ordinal);
        release.SetResult();
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal("ok", answer));
        Assert.Equal("ok", await client.GetStringAsync("http://catalog/", Token));
    }

    [Fact]
    public async Task Get_OneInstanceIsFull_TheOtherTakesTheCall()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stuck = await TestServer.StartAsync(context =>
        {
            arrived.TrySetResult();
            return Held(release)(context);
        });
        await using var free = await TestServer.StartAsync("ok");
        await using var lab = Create();
        lab.Know(stuck, free);
        await lab.SettledAsync();
        using var client = lab.Client();

        var calls = new List<Task<string>>();
        for (var i = 0; i < 50; i++)
        {
            arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            calls.Add(client.GetStringAsync("http://catalog/", Token));
            await Task.WhenAny(calls[^1], arrived.Task);
        }

        Assert.InRange(stuck.Requests, 0, 2);
        Assert.InRange(calls.Count(call => call.IsCompletedSuccessfully), 47, 50);
        release.SetResult();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Get_CancelledByItsCaller_GivesThePlaceBack()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(Held(release));
        await using var lab = Create();
        lab.Know(server);
        await lab.SettledAsync();
        using var client = lab.Client();
        for (var i = 0; i < 10; i++)
        {
            using var caller = new CancellationTokenSource();
            var call = client.GetAsync("http://catalog/", caller.Token);
            await caller.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        release.SetResult();

        Assert.Equal("ok", await client.GetStringAsync("http://catalog/", Token));
    }

    [Fact]
    public async Task Get_InstanceIsDead_GivesThePlaceBack()
    {
        using var dead = new DeadPort();
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Create();
        lab.Know(dead.Address, server.Address);
        await lab.SettledAsync();
        using var client = lab.Client();

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal("ok", await client.GetStringAsync("http://catalog/", Token));
        }
    }

    [Fact]
    public async Task Get_NotEnabled_HasNoLimit()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(Held(release));
        await using var lab = Create(enabled: false);
        lab.Know(server);
        await lab.SettledAsync();
        using var client = lab.Client();

        var calls = Enumerable.Range(0, 20).Select(_ => client.GetStringAsync("http://catalog/", Token)).ToList();
        release.SetResult();

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal("ok", answer));
    }

    [Fact]
    public async Task Get_AnswerIsBeingRead_HoldsNoPlace()
    {
        await using var server = await TestServer.StartAsync(async context =>
        {
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var lab = Create();
        lab.Know(server);
        await lab.SettledAsync();
        using var client = lab.Client();
        var answers = new List<HttpResponseMessage>();

        for (var i = 0; i < 5; i++)
        {
            answers.Add(await client.GetAsync("http://catalog/", HttpCompletionOption.ResponseHeadersRead, Token));
        }

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        answers.ForEach(answer => answer.Dispose());
    }

    private static Lab Create(bool enabled = true) => Lab.Create(new()
    {
        ["CloudNative:Clients:lab:ConcurrencyLimit:Enabled"] = $"{enabled}",
        ["CloudNative:Clients:lab:ConcurrencyLimit:Minimum"] = "1",
        ["CloudNative:Clients:lab:ConcurrencyLimit:Maximum"] = "2",
    });

    private static RequestDelegate Held(TaskCompletionSource release) => async context =>
    {
        await release.Task.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("ok");
    };
}
