using System.Collections.Concurrent;
using System.Net;
using CloudNative.Gateway.Tests.Labs;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Gateway.Tests.Forwarding;

public sealed class DyingInstanceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forward_InstanceKilledUnderLoad_NoIdempotentRequestIsLost()
    {
        const int Callers = 16;
        const int Requests = 1600;
        await using var first = await Backend.StartAsync(SlowAsync);
        await using var second = await Backend.StartAsync(SlowAsync);
        await using var victim = await Backend.StartAsync(SlowAsync);
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(first.Address);
        await lab.KnowAsync(second.Address);
        await lab.KnowAsync(victim.Address);
        using var client = lab.Client();
        var answers = new ConcurrentQueue<HttpStatusCode>();
        var next = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            int request;
            while ((request = Interlocked.Increment(ref next)) <= Requests)
            {
                if (request == Requests / 4)
                {
                    await victim.KillAsync();
                }

                using var answer = await client.GetAsync($"/item/{request}", Token);
                answers.Enqueue(answer.StatusCode);
            }
        }));

        Assert.True(victim.Requests > 0, "The victim had nothing to do.");
        Assert.Equal(Requests, answers.Count);
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));

        static async Task SlowAsync(HttpContext context)
        {
            await Task.Yield();
            await context.Response.WriteAsync("ok");
        }
    }

    [Fact]
    public async Task Forward_PostWhileAnInstanceRefuses_ArrivesOnceWithItsBody()
    {
        var bodies = new ConcurrentQueue<string>();
        await using var backend = await Backend.StartAsync(async context =>
            bodies.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync()));
        using var dead = new DeadPort();
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(dead.Address);
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        for (var i = 0; i < 20; i++)
        {
            using var answer = await client.PostAsync("/orders", new StringContent($"order {i}"), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"order {i}"), bodies);
    }

    [Fact]
    public async Task Forward_InstanceDiesUnderAPost_IsNotSentAgain()
    {
        await using var first = await Backend.StartAsync(AbortAsync);
        await using var second = await Backend.StartAsync(AbortAsync);
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(first.Address);
        await lab.KnowAsync(second.Address);
        using var client = lab.Client();

        using var answer = await client.PostAsync("/orders", new StringContent("once"), Token);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(1, first.Requests + second.Requests);

        static async Task AbortAsync(HttpContext context)
        {
            await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Abort();
        }
    }

    [Fact]
    public async Task Forward_OnlyInstanceRestarts_RequestWaitsForIt()
    {
        await using var backend = await Backend.StartAsync("back");
        await using var lab = await GatewayLab.StartAsync();
        var registration = await lab.KnowAsync(backend.Address);
        using var client = lab.Client();
        Assert.Equal("back", await client.GetStringAsync("/", Token));
        await registration.DisposeAsync();

        var waiting = client.PostAsync("/", new StringContent("x"), Token);
        Assert.False(waiting.IsCompleted);
        await lab.KnowAsync(backend.Address);

        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
