using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using CloudNative.Deadlines;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Http.Tests.Deadlines;

public sealed class TravellingDeadlineTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, "5000")]
    [InlineData(1.5, null, "1500")]
    [InlineData(60.0, null, "5000")]
    [InlineData(null, 2.0, "2000")]
    [InlineData(null, 60.0, "5000")]
    [InlineData(1.5, 2.0, "1500")]
    [InlineData(3.0, 2.0, "2000")]
    [InlineData(-1.0, 2.0, "none")]
    public async Task Get_SeveralDeadlines_TheEarliestIsSent(double? request, double? work, string expected)
    {
        await using var server = await TestServer.StartAsync(EchoAsync);
        await using var lab = Create(("Timeout", "00:00:05"), ("SendDeadline", "Always"));
        lab.Know(server);

        using var scope = Begin(lab, work);
        using var message = Request();
        if (request is { } seconds)
        {
            message.SetDeadline(seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(expected, await SendAsync(lab, message));
    }

    [Fact]
    public async Task Get_DeadlineAtATime_IsSentAsWhatIsLeft()
    {
        await using var server = await TestServer.StartAsync(EchoAsync);
        await using var lab = Create();
        lab.Know(server);

        using var message = Request().SetDeadline(_clock.GetUtcNow().AddSeconds(4));

        Assert.Equal("4000", await SendAsync(lab, message));
    }

    [Theory]
    [InlineData("700", "700")]
    [InlineData("90000", "30000")]
    [InlineData("soon", "soon")]
    public async Task Get_ProxyPassesAHeaderOn_IsALimitAndNotSentTwice(string value, string expected)
    {
        await using var server = await TestServer.StartAsync(EchoAsync);
        await using var lab = Create();
        lab.Know(server);
        using var proxy = new HttpMessageInvoker(
            lab.Services.GetRequiredService<ServiceHttpHandlerFactory>().Create("lab", new SocketsHttpHandler()));

        using var message = Request();
        message.Headers.Add(DeadlineHeader.Name, value);
        using var answer = await proxy.SendAsync(message, Token);

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_SecondAttempt_IsToldWhatIsLeftThen()
    {
        var seen = new ConcurrentQueue<string>();
        await using var server = await TestServer.StartAsync(context =>
        {
            seen.Enqueue(context.Request.Headers[DeadlineHeader.Name].ToString());
            context.Response.StatusCode = seen.Count == 1 ? 503 : 200;
            _clock.Advance(TimeSpan.FromMilliseconds(400));
            return Task.CompletedTask;
        });
        await using var lab = Create(("SendDeadline", "Always"));
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(["30000", "29600"], seen);
    }

    [Theory]
    [InlineData("Given", null, "none")]
    [InlineData("Given", 2.0, "2000")]
    [InlineData("Given", 60.0, "30000")]
    [InlineData("Always", null, "30000")]
    [InlineData("Never", 2.0, "none")]
    public async Task Get_WhenToSend_IsTheClientsChoice(string sending, double? work, string expected)
    {
        await using var server = await TestServer.StartAsync(EchoAsync);
        await using var lab = Create(("SendDeadline", sending));
        lab.Know(server);
        using var scope = Begin(lab, work);

        Assert.Equal(expected, await SendAsync(lab, Request()));
    }

    [Fact]
    public async Task Get_HostOutside_IsToldNothing()
    {
        await using var server = await TestServer.StartAsync(EchoAsync);
        await using var lab = Create();
        using var scope = Begin(lab, 2);

        Assert.Equal("none", await lab.Client().GetStringAsync(server.Address, Token));
    }

    [Theory]
    [InlineData(null, "30000000u")]
    [InlineData("2S", "2000000u")]
    [InlineData("1H", "30000000u")]
    public async Task Grpc_Deadline_IsSentInItsOwnHeader(string? own, string expected)
    {
        await using var server = await TestServer.StartAsync(
            context => context.Response.WriteAsync(
                $"{context.Request.Headers[GrpcTimeout.Name]}|{context.Request.Headers[DeadlineHeader.Name]}"),
            options => options.Protocols = HttpProtocols.Http2);
        await using var lab = Create(("SendDeadline", "Always"));
        lab.Know(server);

        using var message = Request();
        message.Method = HttpMethod.Post;
        message.Version = HttpVersion.Version20;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        message.Content = new ByteArrayContent([]);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (own is not null)
        {
            message.Headers.Add(GrpcTimeout.Name, own);
        }

        Assert.Equal($"{expected}|", await SendAsync(lab, message));
    }

    [Fact]
    public async Task Get_NoTimeLeft_FailsAtOnceAndSendsNothing()
    {
        await using var server = await TestServer.StartAsync(EchoAsync);
        await using var lab = Create();
        lab.Know(server);
        await lab.SettledAsync();
        using var scope = Begin(lab, 1);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => lab.Client().GetAsync("http://catalog/", Token));

        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Contains("the work it belongs to", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Get_DeadlineOfTheRequestPasses_FailsAndSaysWhose()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silent = await TestServer.StartAsync(context => HangAsync(context, arrived));
        await using var lab = Create();
        lab.Know(silent);

        using var message = Request().SetDeadline(TimeSpan.FromSeconds(2));
        var call = lab.Client().SendAsync(message, Token);
        await arrived.Task.WaitAsync(Lab.Patience, TimeProvider.System, Token);
        _clock.Advance(TimeSpan.FromSeconds(2.1));

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => call);
        Assert.Contains("SetDeadline", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01, 0)]
    [InlineData(1.5, 1)]
    public async Task Get_DeadlineOfTheRequestPasses_InstanceIsBlamedOnlyIfItHadTime(double seconds, int failures)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silent = await TestServer.StartAsync(context => HangAsync(context, arrived));
        await using var lab = Create();
        lab.Know(silent);

        using var message = Request().SetDeadline(TimeSpan.FromSeconds(seconds));
        var call = lab.Client().SendAsync(message, Token);
        await arrived.Task.WaitAsync(Lab.Patience, TimeProvider.System, Token);
        _clock.Advance(TimeSpan.FromSeconds(seconds) + TimeSpan.FromMilliseconds(2));
        await Assert.ThrowsAsync<TaskCanceledException>(() => call);

        Assert.Equal(failures, Assert.Single((await lab.SettledAsync()).Endpoints).ConsecutiveFailures);
    }

    [Fact]
    public async Task Get_InstanceSaysThatTheDeadlinePassed_IsNeitherRepeatedNorItsFault()
    {
        await using var late = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 504;
            context.Response.Headers[DeadlineHeader.Name] = "0";
            return Task.CompletedTask;
        });
        await using var lab = Create();
        lab.Know(late);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal(1, late.Requests);
        Assert.Equal(0, Assert.Single((await lab.SettledAsync()).Endpoints).ConsecutiveFailures);
    }

    [Fact]
    public async Task Get_InstanceNoticesTheDeadlineAMomentEarlier_FailsAsIfTheCallerHad()
    {
        await using var late = await TestServer.StartAsync(context =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1990));
            context.Response.StatusCode = 504;
            context.Response.Headers[DeadlineHeader.Name] = "0";
            return Task.CompletedTask;
        });
        await using var lab = Create();
        lab.Know(late);

        using var message = Request().SetDeadline(TimeSpan.FromSeconds(2));
        var call = lab.Client().SendAsync(message, Token);
        while (!call.IsCompleted)
        {
            await Task.Yield();
            _clock.Advance(TimeSpan.FromTicks(late.Requests));
        }

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => call);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Equal(1, late.Requests);
    }

    [Fact]
    public async Task Get_FirstAnswerOfTheSourceIsAwaited_NotLongerThanTheDeadline()
    {
        await using var lab = Create();
        lab.Source.Silence("catalog");

        using var message = Request().SetDeadline(TimeSpan.FromSeconds(2));
        var call = lab.Client().SendAsync(message, Token);
        while (!call.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => call);
        Assert.Contains("in 0 attempts", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetDeadline_LessThanNothing_IsRefused()
    {
        using var message = Request();

        Assert.Throws<ArgumentOutOfRangeException>(() => message.SetDeadline(TimeSpan.FromSeconds(-1)));
    }

    private static HttpRequestMessage Request() => new(HttpMethod.Get, "http://catalog/");

    private static DeadlineScope? Begin(Lab lab, double? seconds) => seconds is { } left
        ? lab.Services.GetRequiredService<DeadlineContext>().Begin(TimeSpan.FromSeconds(left))
        : null;

    private static Task EchoAsync(HttpContext context)
    {
        var sent = context.Request.Headers[DeadlineHeader.Name];
        return context.Response.WriteAsync(sent.Count == 0 ? "none" : sent.ToString());
    }

    private static Task HangAsync(HttpContext context, TaskCompletionSource arrived)
    {
        arrived.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
    }

    private static async Task<string> SendAsync(Lab lab, HttpRequestMessage message)
    {
        using var answer = await lab.Client().SendAsync(message, Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private Lab Create(params (string Key, string Value)[] settings) => Lab.Create(
        settings.ToDictionary(setting => $"CloudNative:Http:{setting.Key}", setting => (string?)setting.Value),
        services: services => services.AddSingleton<TimeProvider>(_clock));
}
