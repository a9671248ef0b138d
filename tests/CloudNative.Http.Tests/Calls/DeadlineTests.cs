using CloudNative.Http.Tests.Labs;

namespace CloudNative.Http.Tests.Calls;

public sealed class DeadlineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_NoAnswerInTime_FailsAsHttpClientTimeoutsDo()
    {
        await using var silent = await TestServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var lab = Lab.Create(new() { ["CloudNative:Clients:lab:Timeout"] = "00:00:00.300" });
        lab.Know(silent);

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => lab.Client().GetAsync("http://catalog/", Token));

        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Contains("00:00:00.3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CloudNative:Clients:lab:Timeout", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_CallerCancels_IsNoTimeoutAndNoFailureOfTheInstance()
    {
        var arrived = new TaskCompletionSource();
        await using var silent = await TestServer.StartAsync(context =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var lab = Lab.Create();
        lab.Know(silent);
        using var caller = new CancellationTokenSource();

        var call = lab.Client().GetAsync("http://catalog/", caller.Token);
        await arrived.Task.WaitAsync(Lab.Patience, TimeProvider.System, Token);
        await caller.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.IsNotType<TimeoutException>(exception.InnerException);
        var state = Assert.Single((await lab.SettledAsync()).Endpoints);
        Assert.Equal(0, state.ConsecutiveFailures);
        Assert.Equal(0, state.InFlight);
        Assert.Equal(1, silent.Requests);
    }

    [Fact]
    public async Task Get_OneInstanceHangs_AttemptTimeoutLeadsToAnother()
    {
        await using var silent = await TestServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var healthy = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(new() { ["CloudNative:Http:AttemptTimeout"] = "00:00:00.200" });
        lab.Know(silent, healthy);

        for (var i = 0; i < 8; i++)
        {
            Assert.Equal("ok", await lab.Client().GetStringAsync("http://catalog/", Token));
        }

        Assert.NotEqual(0, silent.Requests);
    }

    [Fact]
    public async Task Post_SlowerThanTheAttemptTimeout_IsNotCut()
    {
        await using var slow = await TestServer.StartAsync(async context =>
        {
            await Task.Delay(500, context.RequestAborted);
            await context.Response.Body.WriteAsync("ok"u8.ToArray());
        });
        await using var lab = Lab.Create(new() { ["CloudNative:Http:AttemptTimeout"] = "00:00:00.050" });
        lab.Know(slow);

        using var answer = await lab.Client().PostAsync("http://catalog/", new StringContent("x"), Token);

        Assert.Equal("ok", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(1, slow.Requests);
    }

    [Fact]
    public async Task Send_NoEndpointAndDeadlineBeforeTheWaitEnds_FailsWithTheDeadline()
    {
        await using var lab = Lab.Create(new() { ["CloudNative:Http:Timeout"] = "00:00:00.200" });
        lab.Source.Set("catalog");

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => lab.Client().GetAsync("http://catalog/", Token));

        Assert.IsType<TimeoutException>(exception.InnerException);
    }
}
