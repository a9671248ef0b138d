using System.Net;
using System.Net.Http.Headers;
using CloudNative.Deadlines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Sdk.Tests.Deadlines;

public sealed class DeadlineFilterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_DeadlinePasses_WorkIsCancelledAndTheAnswerIs504()
    {
        await using var app = await StartAsync(HangAsync);

        var answer = SendAsync(app, (DeadlineHeader.Name, "2000"));
        await PassAsync(TimeSpan.FromMilliseconds(1999));
        Assert.False(answer.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        using var response = await answer;
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("0", Assert.Single(response.Headers.GetValues(DeadlineHeader.Name)));
    }

    [Fact]
    public async Task Get_DeadlinePassesBehindAnExceptionHandler_TheAnswerIs504()
    {
        await using var app = await StartAsync(HangAsync, before: app => app.UseExceptionHandler("/error"));

        var answer = SendAsync(app, (DeadlineHeader.Name, "2000"));
        await PassAsync(TimeSpan.FromSeconds(2));

        using var response = await answer;
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }

    [Fact]
    public async Task Get_HandlerAnswersInSpiteOfTheCancellation_ItsAnswerStands()
    {
        await using var app = await StartAsync(async context =>
        {
            await HangAsync(context).ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);
            await context.Response.WriteAsync("partial", Token);
        });

        var answer = SendAsync(app, (DeadlineHeader.Name, "2000"));
        await PassAsync(TimeSpan.FromSeconds(2));

        using var response = await answer;
        Assert.Equal("partial", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("1500", null, 1500)]
    [InlineData(null, "2S", 2000)]
    [InlineData("1500", "2S", 1500)]
    [InlineData("2500", "2S", 2000)]
    [InlineData("soon", "2S", 2000)]
    [InlineData("99999999999999999999", null, 3_600_000)]
    [InlineData(null, "99999999H", 3_600_000)]
    public async Task Get_WithADeadline_ItIsThatOfTheWork(string? own, string? grpc, double milliseconds)
    {
        await using var app = await StartAsync(WriteTimeLeftAsync);

        using var response = await SendAsync(app, (DeadlineHeader.Name, own), (GrpcTimeout.Name, grpc));

        Assert.Equal($"{milliseconds} ms", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("1.5")]
    [InlineData("1000, 2000")]
    [InlineData("0x10")]
    public async Task Get_WhatIsNoDeadline_IsIgnored(string value)
    {
        await using var app = await StartAsync(WriteTimeLeftAsync);

        using var response = await SendAsync(app, (DeadlineHeader.Name, value), (GrpcTimeout.Name, value));

        Assert.Equal("none", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_HeaderTwice_IsIgnored()
    {
        await using var app = await StartAsync(WriteTimeLeftAsync);

        using var response = await SendAsync(app, (DeadlineHeader.Name, "1"), (DeadlineHeader.Name, "2"));

        Assert.Equal("none", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_CallerGaveUpAlready_TheWorkIsNotBegun()
    {
        await using var app = await StartAsync(HangAsync);

        using var response = await SendAsync(app, (DeadlineHeader.Name, "0"));

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.False(_arrived.Task.IsCompleted);
    }

    [Fact]
    public async Task Get_NotAccepted_IsIgnored()
    {
        await using var app = await StartAsync(WriteTimeLeftAsync, settings: ("CloudNative:Deadlines:Accept", "false"));

        using var response = await SendAsync(app, (DeadlineHeader.Name, "0"));

        Assert.Equal("none", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Grpc_DeadlinePasses_TheAnswerIsDeadlineExceeded()
    {
        await using var app = await StartAsync(HangAsync);

        var answer = SendAsync(app, Grpc(), (GrpcTimeout.Name, "2S"));
        await PassAsync(TimeSpan.FromSeconds(3));

        using var response = await answer;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("4", Assert.Single(response.Headers.GetValues("grpc-status")));
    }

    [Fact]
    public async Task Grpc_OwnHeaderOrTooLong_TheServerOfGrpcSeesTheDeadlineThatCounts()
    {
        await using var app = await StartAsync(context => context.Response.WriteAsync(context.Request.Headers[GrpcTimeout.Name]!));

        using var own = await SendAsync(app, Grpc(), (DeadlineHeader.Name, "2"));
        using var huge = await SendAsync(app, Grpc(), (GrpcTimeout.Name, "9999H"));

        Assert.Equal("2000000n", await own.Content.ReadAsStringAsync(Token));
        Assert.Equal("3600000m", await huge.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_AnswerWithoutEnd_GoesOnAfterTheDeadlineAndSoDoesItsWork()
    {
        var more = new TaskCompletionSource();
        await using var app = await StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n", Token);
            _arrived.SetResult();
            await more.Task.WaitAsync(context.RequestAborted);
            await WriteTimeLeftAsync(context);
        });

        var answer = SendAsync(app, (DeadlineHeader.Name, "2000"));
        await PassAsync(TimeSpan.FromSeconds(10));
        more.SetResult();

        using var response = await answer;
        Assert.Equal("data: 1\n\nnone", await response.Content.ReadAsStringAsync(Token));
    }

    private static HttpRequestMessage Grpc()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return request;
    }

    private static Task WriteTimeLeftAsync(HttpContext context)
    {
        var deadline = context.RequestServices.GetRequiredService<DeadlineContext>().Current;
        return context.Response.WriteAsync(
            deadline is null or { Timestamp: long.MaxValue } ? "none" : $"{deadline.TimeLeft.TotalMilliseconds} ms", Token);
    }

    private static Task<HttpResponseMessage> SendAsync(WebApplication app, params (string Name, string? Value)[] headers) =>
        SendAsync(app, new HttpRequestMessage(HttpMethod.Get, "/"), headers);

    private static async Task<HttpResponseMessage> SendAsync(
        WebApplication app, HttpRequestMessage request, params (string Name, string? Value)[] headers)
    {
        using var client = app.Client();
        using (request)
        {
            foreach (var (name, value) in headers.Where(header => header.Value is not null))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            return await client.SendAsync(request, Token);
        }
    }

    private async Task<WebApplication> StartAsync(
        RequestDelegate handle, Action<WebApplication>? before = null, params (string Key, string? Value)[] settings)
    {
        var builder = WebAppUnderTest.CreateBuilder(settings);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.AddCloudNative();
        var app = builder.Build();
        before?.Invoke(app);
        app.Run(handle);
        await app.StartAsync(Token);
        return app;
    }

    private Task HangAsync(HttpContext context)
    {
        _arrived.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
    }

    private async Task PassAsync(TimeSpan duration)
    {
        await _arrived.Task.WaitAsync(Patience, TimeProvider.System, Token);
        _clock.Advance(duration);
    }
}
