using CloudNative.Http.Hedging;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Http.Tests.Hedging;

public sealed class HedgingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestServer _one = null!;
    private TestServer _two = null!;
    private int _hangs;

    private int Requests => _one.Requests + _two.Requests;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _one = await TestServer.StartAsync(ServeAsync);
        _two = await TestServer.StartAsync(ServeAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Get_TakesLongerThanMost_TheHedgeAnswersAndTheOtherIsCancelledWithoutBlame()
    {
        await using var lab = await WarmAsync();

        var call = lab.Client().GetStringAsync("http://catalog/", Token);
        await HangAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(11));

        Assert.Equal("ok", await call.WaitAsync(Lab.Patience, TimeProvider.System, Token));
        await _aborted.Task.WaitAsync(Lab.Patience, TimeProvider.System, Token);
        var states = (await lab.SettledAsync()).Endpoints;
        Assert.All(states, state => Assert.Equal(0, state.ConsecutiveFailures));
        Assert.True(SpinWait.SpinUntil(() => states.All(state => state.InFlight == 0), Lab.Patience));
    }

    [Fact]
    public async Task Get_AnswersBeforeTheHedge_NothingIsSentTwice()
    {
        await using var lab = await WarmAsync();
        var before = Requests;

        var call = lab.Client().GetStringAsync("http://catalog/", Token);
        await HangAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(9));
        _release.SetResult();

        Assert.Equal("slow", await call);
        Assert.Equal(before + 1, Requests);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Post_IsHedgedOnlyWithAKey(bool key, int requests)
    {
        await using var lab = await WarmAsync();
        var before = Requests;

        using var request = new HttpRequestMessage(HttpMethod.Post, "http://catalog/") { Content = new StringContent("x") };
        if (key)
        {
            request.SetIdempotencyKey();
        }

        var call = lab.Client().SendAsync(request, Token);
        await HangAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(11));
        if (!key)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            _release.SetResult();
        }

        using var answer = await call.WaitAsync(Lab.Patience, TimeProvider.System, Token);
        Assert.Equal(before + requests, Requests);
        Assert.Same(request, answer.RequestMessage);
    }

    [Theory]
    [InlineData("CloudNative:Http:Hedging:BudgetRatio", "0")]
    [InlineData("CloudNative:Http:Hedging:Enabled", "false")]
    public async Task Get_NoBudgetOrNotEnabled_IsNotHedged(string setting, string value)
    {
        await using var lab = await WarmAsync((setting, value));
        var before = Requests;

        var call = lab.Client().GetStringAsync("http://catalog/", Token);
        await HangAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        _release.SetResult();

        Assert.Equal("slow", await call);
        Assert.Equal(before + 1, Requests);
    }

    [Fact]
    public async Task Get_BeforeWarmUp_IsNotHedged()
    {
        await using var lab = Create();
        _hangs = 1;

        var call = lab.Client().GetStringAsync("http://catalog/", Token);
        await HangAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        _release.SetResult();

        Assert.Equal("slow", await call);
        Assert.Equal(1, Requests);
    }

    [Fact]
    public async Task Get_CallerCancels_BothEnd()
    {
        await using var lab = await WarmAsync();
        using var caller = new CancellationTokenSource();

        var call = lab.Client().GetAsync("http://catalog/", caller.Token);
        await HangAsync();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _aborted.Task.WaitAsync(Lab.Patience, TimeProvider.System, Token);
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (Interlocked.CompareExchange(ref _hangs, 0, 1) == 0)
        {
            await context.Response.WriteAsync("ok");
            return;
        }

        _hanging.SetResult();
        try
        {
            await _release.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("slow");
        }
        catch (OperationCanceledException)
        {
            _aborted.SetResult();
        }
    }

    private async Task HangAsync() => await _hanging.Task.WaitAsync(Lab.Patience, TimeProvider.System, Token);

    private Lab Create(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["CloudNative:Http:Hedging:Enabled"] = "true" };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var lab = Lab.Create(all, services: services => services.AddSingleton<TimeProvider>(_clock));
        lab.Know(_one, _two);
        return lab;
    }

    /// <summary>A client that knows how long calls take, and whose next call hangs.</summary>
    private async Task<Lab> WarmAsync(params (string Key, string Value)[] settings)
    {
        var lab = Create(settings);
        for (var i = 0; i < LatencyQuantile.WarmUp; i++)
        {
            Assert.Equal("ok", await lab.Client().GetStringAsync("http://catalog/", Token));
        }

        _hangs = 1;
        return lab;
    }
}
