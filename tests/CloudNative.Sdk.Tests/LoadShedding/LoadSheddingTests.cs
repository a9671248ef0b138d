using System.Net;
using CloudNative.Sdk.LoadShedding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Sdk.Tests.LoadShedding;

public sealed class LoadSheddingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _begun;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_TooMuchToDo_WaitsAndIsThenDeclined()
    {
        await using var app = await StartAsync();
        using var client = app.Client();
        var held = await FillAsync(app, client);

        var waiting = client.GetAsync("/work", Token);
        await UntilAsync(() => app.Admission().Waiting == 1);
        Assert.False(waiting.IsCompleted);
        await PassAsync(TimeSpan.FromSeconds(1));

        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        _release.SetResult();
        Assert.All(await Task.WhenAll(held), done => Assert.Equal(HttpStatusCode.OK, done.StatusCode));
    }

    [Fact]
    public async Task Get_APlaceBecomesFree_TheWaitingOneIsServed()
    {
        await using var app = await StartAsync();
        using var client = app.Client();
        var held = await FillAsync(app, client);
        var waiting = client.GetAsync("/work", Token);
        await UntilAsync(() => app.Admission().Waiting == 1);

        _release.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
        await Task.WhenAll(held);
        await UntilAsync(() => app.Admission().InFlight == 0);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/cloudnative/subscriptions")]
    [InlineData("/exempt")]
    [InlineData("/nowhere")]
    public async Task Get_WhatIsNeverDeclined_IsAnsweredInAnOverload(string path)
    {
        await using var app = await StartAsync();
        using var client = app.Client();
        var held = await FillAsync(app, client);

        using var answer = await client.GetAsync(path, Token);

        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        _release.SetResult();
        await Task.WhenAll(held);
    }

    [Fact]
    public async Task Get_CallerGivesUpWhileItWaits_LeavesNothingBehind()
    {
        await using var app = await StartAsync();
        using var client = app.Client();
        var held = await FillAsync(app, client);
        using var caller = new CancellationTokenSource();
        var waiting = client.GetAsync("/work", caller.Token);
        await UntilAsync(() => app.Admission().Waiting == 1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await UntilAsync(() => app.Admission().Waiting == 0);
        _release.SetResult();
        await Task.WhenAll(held);
        await UntilAsync(() => app.Admission().InFlight == 0);
    }

    [Fact]
    public async Task Get_HandlerThrows_GivesItsPlaceBack()
    {
        await using var app = await StartAsync();
        using var client = app.Client();

        for (var i = 0; i < 20; i++)
        {
            using var answer = await client.GetAsync("/broken", Token);
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        }

        await UntilAsync(() => app.Admission().InFlight == 0);
    }

    [Fact]
    public async Task Get_EndlessAnswers_HoldNoPlace()
    {
        await using var app = await StartAsync();
        using var client = app.Client();
        var answers = new List<HttpResponseMessage>();

        for (var i = 0; i < 10; i++)
        {
            answers.Add(await client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, Token));
        }

        Assert.Equal(0, app.Admission().InFlight);
        answers.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task Post_GrpcCallDeclined_IsUnavailableWithAPushback()
    {
        await using var app = await StartAsync();
        using var client = app.Client();
        var held = await FillAsync(app, client);
        using var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");

        var waiting = client.PostAsync("/work", content, Token);
        await UntilAsync(() => app.Admission().Waiting == 1);
        await PassAsync(TimeSpan.FromSeconds(1));

        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("14", Assert.Single(answer.Headers.GetValues("grpc-status")));
        Assert.InRange(int.Parse(Assert.Single(answer.Headers.GetValues("grpc-retry-pushback-ms")), null), 1000, 3000);
        _release.SetResult();
        await Task.WhenAll(held);
    }

    [Fact]
    public async Task Get_NotEnabled_NothingWaits()
    {
        await using var app = await StartAsync(("CloudNative:LoadShedding:Enabled", "false"));
        using var client = app.Client();

        var calls = Enumerable.Range(0, 50).Select(_ => client.GetAsync("/work", Token)).ToList();
        await UntilAsync(() => Volatile.Read(ref _begun) == 50);

        _release.SetResult();
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Theory]
    [InlineData(null, false, RequestPriority.Normal)]
    [InlineData("low", false, RequestPriority.Low)]
    [InlineData("HIGH", false, RequestPriority.Normal)]
    [InlineData("high", true, RequestPriority.High)]
    [InlineData("urgent", true, RequestPriority.Normal)]
    public void Priority_OfTheCaller_MayBeLoweredAndOnlyByTrustRaised(string? header, bool isTrusted, RequestPriority expected)
    {
        var context = new DefaultHttpContext();
        if (header is not null)
        {
            context.Request.Headers[Priorities.Header] = header;
        }

        var endpoint = new Endpoint(null, EndpointMetadataCollection.Empty, null);

        Assert.Equal(expected, Priorities.Of(context, endpoint, isTrusted));
    }

    [Fact]
    public void Priority_OfTheEndpoint_Counts()
    {
        var endpoint = new Endpoint(null, new EndpointMetadataCollection(new RequestPriorityAttribute(RequestPriority.High)), null);

        Assert.Equal(RequestPriority.High, Priorities.Of(new DefaultHttpContext(), endpoint, isTrusted: false));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Takes every place, as an overload does that has been going on for a while.</summary>
    private async Task<List<Task<HttpResponseMessage>>> FillAsync(IHost app, HttpClient client)
    {
        var admission = app.Admission();
        admission.LimitTo(2);
        var held = Enumerable.Range(0, 2).Select(_ => client.GetAsync("/work", Token)).ToList();
        await UntilAsync(() => Volatile.Read(ref _begun) == 2);

        return held;
    }

    private Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(10))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        return Task.CompletedTask;
    }

    private async Task<WebApplication> StartAsync(params (string Key, string? Value)[] configuration)
    {
        var builder = WebAppUnderTest.CreateBuilder([("CloudNative:LoadShedding:MinimumConcurrency", "2"), .. configuration]);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.AddCloudNative();
        var app = builder.Build();
        app.MapCloudNative();
        app.Map("/work", async context =>
        {
            Interlocked.Increment(ref _begun);
            await _release.Task.WaitAsync(context.RequestAborted);
        });
        app.MapGet("/exempt", () => "ok").DisableLoadShedding();
        app.MapGet("/broken", (HttpContext _) => throw new InvalidOperationException("broken"));
        app.MapGet("/events", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await app.StartAsync(Token);
        return app;
    }
}
