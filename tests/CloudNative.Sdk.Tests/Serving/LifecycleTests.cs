using System.Net;
using CloudNative.Lifecycle;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.Serving;

/// <summary>The order of a start and a stop, seen from outside on a real port.</summary>
public sealed class LifecycleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAndStop_RealPort_IsOpenWhileAnnouncedWithdrawnAndDrained()
    {
        var observer = new Observer();
        await using var app = Build(observer);
        observer.App = app;

        await app.StartAsync(Cancel);
        await app.StopAsync(Cancel);

        Assert.Equal(["announce OK", "withdraw OK", "drain OK"], observer.Seen);
    }

    [Fact]
    public async Task Stop_RequestInFlight_IsFinishedFirst()
    {
        var (entered, release) = (NewSignal(), NewSignal());
        await using var app = Build();
        app.MapGet("/slow", async () =>
        {
            entered.SetResult();
            await release.Task;
            return "done";
        });
        await app.StartAsync(Cancel);
        using var client = app.Client();
        var request = client.GetStringAsync("/slow", Cancel);
        await entered.Task.WaitAsync(Patience, Cancel);

        var stopping = app.StopAsync(Cancel);
        await app.Services.GetRequiredService<IServiceLifecycle>().WaitForAsync(LifecyclePhase.Draining, Cancel);
        using var late = await client.GetAsync("/health/live", Cancel);
        Assert.False(stopping.IsCompleted);
        release.SetResult();

        Assert.Equal("done", await request.WaitAsync(Patience, Cancel));
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.True(late.Headers.ConnectionClose, "callers should open their next connection elsewhere");
        await stopping.WaitAsync(Patience, Cancel);
    }

    [Fact]
    public async Task Stop_RequestNeverEnds_IsCutAtTheDrainTimeout()
    {
        var entered = NewSignal();
        await using var app = Build(configuration: ("CloudNative:Lifecycle:DrainTimeout", "00:00:00.050"));
        app.MapGet("/forever", async (HttpContext context) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        await app.StartAsync(Cancel);
        using var client = app.Client();
        var request = client.GetStringAsync("/forever", Cancel);
        await entered.Task.WaitAsync(Patience, Cancel);
        var lifecycle = app.Services.GetRequiredService<IServiceLifecycle>();

        using var impatient = new CancellationTokenSource();
        var stopping = app.StopAsync(impatient.Token);
        await lifecycle.WaitForAsync(LifecyclePhase.Stopped, Cancel).WaitAsync(Patience, Cancel);

        // Kestrel itself waits for the request until the host's patience ends.
        await impatient.CancelAsync();
        await stopping.WaitAsync(Patience, Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => request);
    }

    [Fact]
    public async Task Stop_Asked_ReadinessFallsBeforeThePortCloses()
    {
        var answers = new List<string>();
        var observer = new Observer
        {
            OnWithdraw = async client =>
            {
                using var ready = await client.GetAsync("/health/ready", Cancel);
                using var live = await client.GetAsync("/health/live", Cancel);
                answers.AddRange([$"ready {ready.StatusCode}", $"live {live.StatusCode}"]);
            },
        };
        await using var app = Build(observer);
        observer.App = app;
        await app.StartAsync(Cancel);

        await app.StopAsync(Cancel);

        Assert.Equal(["ready ServiceUnavailable", "live OK"], answers);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static WebApplication Build(
        ILifecycleParticipant? participant = null, params (string Key, string? Value)[] configuration)
    {
        var builder = WebAppUnderTest.CreateBuilder(configuration);
        builder.AddCloudNative();
        if (participant is not null)
        {
            builder.Services.AddSingleton(participant);
        }

        var app = builder.Build();
        app.MapCloudNative();
        return app;
    }

    private sealed class Observer : ILifecycleParticipant
    {
        public IHost? App { get; set; }

        public Func<HttpClient, Task> OnWithdraw { get; init; } = _ => Task.CompletedTask;

        public List<string> Seen { get; } = [];

        public ValueTask AnnounceAsync(CancellationToken cancellationToken) => new(LookAsync("announce", _ => Task.CompletedTask));

        public async ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken)
        {
            await LookAsync("withdraw", OnWithdraw);
            return TimeSpan.Zero;
        }

        public ValueTask DrainAsync(CancellationToken cancellationToken) => new(LookAsync("drain", _ => Task.CompletedTask));

        private async Task LookAsync(string call, Func<HttpClient, Task> act)
        {
            using var client = App!.Client();
            using var response = await client.GetAsync("/health/live", Cancel);
            Seen.Add($"{call} {response.StatusCode}");
            await act(client);
        }
    }
}
