using System.Net;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Http.Tests.Retries;

public sealed class RetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_InstanceAnswers503_AnotherOneIsAsked()
    {
        await using var failing = await TestServer.StartAsync(Answer(503));
        await using var healthy = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(new() { ["CloudNative:Http:Retry:BudgetReserve"] = "1000" });
        lab.Know(failing, healthy);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("ok", await lab.Client().GetStringAsync("http://catalog/", Token));
        }

        Assert.Equal(20, healthy.Requests);
    }

    [Fact]
    public async Task Get_EverythingFails_AmplificationStaysWithinTheBudget()
    {
        await using var failing = await TestServer.StartAsync(Answer(503));
        await using var lab = Lab.Create();
        lab.Know(failing);
        using var client = lab.Client();

        const int Calls = 500;
        for (var i = 0; i < Calls; i++)
        {
            using var answer = await client.GetAsync("http://catalog/", Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        Assert.InRange(failing.Requests, Calls + 1, (int)(Calls * 1.1) + 1);
    }

    /// <summary>Little traffic, and all of it in flight at the instance that dies: no share of the calls would pay for that.</summary>
    [Fact]
    public async Task Get_InstanceDiesWithCallsInFlight_NoneFails()
    {
        const int InFlight = 16;
        var (arrived, dies) = (0, new TaskCompletionSource());
        var allArrived = new TaskCompletionSource();
        await using var dying = await TestServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref arrived) == InFlight)
            {
                allArrived.SetResult();
            }

            await dies.Task;
            context.Abort();
        });
        await using var healthy = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create();
        lab.Know(dying);
        using var client = lab.Client();

        var calls = Enumerable.Range(0, InFlight).Select(_ => client.GetStringAsync("http://catalog/", Token)).ToList();
        await allArrived.Task.WaitAsync(Token);
        await lab.KnowOnlyAsync(healthy);
        dies.SetResult();

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal("ok", answer));
    }

    [Fact]
    public async Task Get_BudgetSpent_SurvivesHandlerRotation()
    {
        await using var failing = await TestServer.StartAsync(Answer(503));
        await using var lab = Lab.Create(client: client => client.SetHandlerLifetime(TimeSpan.FromSeconds(1)));
        lab.Know(failing);
        for (var i = 0; i < 20; i++)
        {
            using var answer = await lab.Client().GetAsync("http://catalog/", Token);
        }

        var before = failing.Requests;
        using var chain = ServiceHandler(lab);
        using var invoker = new HttpMessageInvoker(chain);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");
        using var again = await invoker.SendAsync(request, Token);

        Assert.Equal(before + 1, failing.Requests);
    }

    [Fact]
    public async Task Get_RetryAfterWithinTheDeadline_IsHonoured()
    {
        var asked = new List<long>();
        await using var server = await TestServer.StartAsync(context =>
        {
            asked.Add(TimeProvider.System.GetTimestamp());
            context.Response.StatusCode = asked.Count == 1 ? 503 : 200;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        await using var lab = Lab.Create();
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(TimeProvider.System.GetElapsedTime(asked[0], asked[1]) >= TimeSpan.FromMilliseconds(990));
    }

    [Fact]
    public async Task Get_RetryAfterBeyondTheDeadline_ReturnsTheAnswerAtOnce()
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        await using var lab = Lab.Create();
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Get_OwnHandlerAnswers503_IsNotRepeated()
    {
        await using var server = await TestServer.StartAsync("ok");
        var own = new OwnAnswer();
        await using var lab = Lab.Create(client: client => client.AddHttpMessageHandler(() => own));
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(1, own.Asked);
    }

    private static HttpMessageHandler ServiceHandler(Lab lab) =>
        lab.Services.GetRequiredService<ServiceHttpHandlerFactory>().Create("lab", new SocketsHttpHandler());

    private static RequestDelegate Answer(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private sealed class OwnAnswer : DelegatingHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        }
    }
}
