using System.Net;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Http.Tests.Retries;

public sealed class RetryAfterTests
{
    private const string BeyondTheDeadline = "3600";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("10")]
    [InlineData(BeyondTheDeadline)]
    public async Task Get_AnotherInstanceIsUntried_ItIsAskedAtOnce(string asked)
    {
        await using var busy = await TestServer.StartAsync(Busy(asked));
        await using var free = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(new()
        {
            ["CloudNative:Http:Retry:BudgetReserve"] = "1000",
            ["CloudNative:Http:Timeout"] = "00:00:08",
        });
        lab.Know(busy, free);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("ok", await lab.Client().GetStringAsync("http://catalog/", Token));
        }

        Assert.InRange(busy.Requests, 1, 20);
    }

    [Fact]
    public async Task Get_AllAskForTime_TheFirstOneWhoseTimeIsOverIsAskedAgain()
    {
        await using var longBusy = await TestServer.StartAsync(Busy(BeyondTheDeadline));
        await using var soonFree = await TestServer.StartAsync(BusyOnce("1"));
        await using var lab = Lab.Create();
        lab.Know(longBusy, soonFree);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("ok", await lab.Client().GetStringAsync("http://catalog/", Token));
        }

        Assert.InRange(soonFree.Requests, 6, 7);
    }

    [Fact]
    public async Task Get_TheOtherInstanceIsDead_WaitsForTheOneThatAskedForTime()
    {
        var asked = new List<long>();
        await using var busy = await TestServer.StartAsync(async context =>
        {
            asked.Add(TimeProvider.System.GetTimestamp());
            await BusyOnce("1", () => asked.Count == 1)(context);
        });
        using var dead = new DeadPort();
        await using var lab = Lab.Create();
        lab.Know(busy.Address, dead.Address);

        Assert.Equal("ok", await lab.Client().GetStringAsync("http://catalog/", Token));

        Assert.True(TimeProvider.System.GetElapsedTime(asked[0], asked[1]) >= TimeSpan.FromMilliseconds(990));
    }

    [Fact]
    public async Task Get_TheWholeServiceAsksForTime_TheBudgetBoundsItAndNobodyIsEjected()
    {
        await using var one = await TestServer.StartAsync(Busy(BeyondTheDeadline));
        await using var two = await TestServer.StartAsync(Busy(BeyondTheDeadline));
        await using var lab = Lab.Create();
        lab.Know(one, two);
        using var client = lab.Client();

        const int Calls = 300;
        for (var i = 0; i < Calls; i++)
        {
            using var answer = await client.GetAsync("http://catalog/", Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        Assert.InRange(one.Requests + two.Requests, Calls + 1, (int)(Calls * 1.1) + 1);
        Assert.All((await lab.SettledAsync()).Endpoints, state => Assert.Equal(0, state.ConsecutiveFailures));
    }

    private static RequestDelegate Busy(string asked) => context =>
    {
        context.Response.StatusCode = 503;
        context.Response.Headers.RetryAfter = asked;
        return Task.CompletedTask;
    };

    private static RequestDelegate BusyOnce(string asked)
    {
        var requests = 0;
        return BusyOnce(asked, () => Interlocked.Increment(ref requests) == 1);
    }

    private static RequestDelegate BusyOnce(string asked, Func<bool> isBusy) => context =>
        isBusy() ? Busy(asked)(context) : context.Response.WriteAsync("ok");
}
