using System.Text;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Http.Tests.Leases;

public sealed class BodyDeadlineTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[1000];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StreamedBody_TimeoutPasses_ReadingFailsAsHttpClientTimeoutsDo()
    {
        await using var server = await TestServer.StartAsync(context => TrickleAsync(context, "text/plain"));
        await using var lab = Create();
        lab.Know(server);
        using var answer = await lab.Client().GetAsync("http://catalog/", HttpCompletionOption.ResponseHeadersRead, Token);
        var body = await answer.Content.ReadAsStreamAsync(Token);
        Assert.Equal("first ", await ReadAsync(body));

        var read = ReadAsync(body);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(read.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => read);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Contains("CloudNative:Clients:lab:Timeout", exception.Message, StringComparison.Ordinal);
        var state = Assert.Single((await lab.SettledAsync()).Endpoints);
        Assert.Equal(0, state.InFlight);
        Assert.Equal(0, state.ConsecutiveFailures);
    }

    [Fact]
    public async Task BufferedBody_TimeoutPasses_TheCallFails()
    {
        await using var server = await TestServer.StartAsync(context => TrickleAsync(context, "text/plain"));
        await using var lab = Create();
        lab.Know(server);

        var call = lab.Client().GetStringAsync("http://catalog/", Token);
        await _begun.Task.WaitAsync(Lab.Patience, TimeProvider.System, Token);
        while (!call.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => call);
        Assert.IsType<TimeoutException>(exception.InnerException);
    }

    [Fact]
    public async Task SmallBody_DoesNotCome_AnotherInstanceIsAsked()
    {
        await using var half = new RawServer(async (stream, server) =>
        {
            await server.ReadRequestAsync(stream);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"u8.ToArray());
        });
        await using var healthy = await TestServer.StartAsync("whole");
        await using var lab = Create(("Retry:BudgetReserve", "1000"));
        lab.Know(half.Address, healthy.Address);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("whole", await lab.Client().GetStringAsync("http://catalog/", Token));
        }

        Assert.NotEmpty(half.Requests);
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/x-ndjson; charset=utf-8")]
    public async Task EndlessBody_TimeoutPasses_GoesOn(string type)
    {
        await using var server = await TestServer.StartAsync(context => TrickleAsync(context, type));
        await using var lab = Create();
        lab.Know(server);
        using var answer = await lab.Client().GetAsync("http://catalog/", HttpCompletionOption.ResponseHeadersRead, Token);
        var body = await answer.Content.ReadAsStreamAsync(Token);
        Assert.Equal("first ", await ReadAsync(body));

        _clock.Advance(TimeSpan.FromMinutes(10));
        _more.SetResult();

        Assert.Equal("second", await ReadAsync(body));
    }

    [Fact]
    public async Task EndlessBody_DeadlineOfTheRequestPasses_Ends()
    {
        await using var server = await TestServer.StartAsync(context => TrickleAsync(context, "text/event-stream"));
        await using var lab = Create();
        lab.Know(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/").SetDeadline(TimeSpan.FromSeconds(3));
        using var answer = await lab.Client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var body = await answer.Content.ReadAsStreamAsync(Token);
        Assert.Equal("first ", await ReadAsync(body));

        var read = ReadAsync(body);
        _clock.Advance(TimeSpan.FromSeconds(3.1));

        await Assert.ThrowsAsync<TaskCanceledException>(() => read);
    }

    [Fact]
    public async Task StreamedBody_DeadlineLifted_GoesOn()
    {
        await using var server = await TestServer.StartAsync(context => TrickleAsync(context, "text/plain"));
        await using var lab = Create();
        lab.Know(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/").SetDeadline(Timeout.InfiniteTimeSpan);
        using var answer = await lab.Client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var body = await answer.Content.ReadAsStreamAsync(Token);
        Assert.Equal("first ", await ReadAsync(body));

        _clock.Advance(TimeSpan.FromMinutes(10));
        _more.SetResult();

        Assert.Equal("second", await ReadAsync(body));
    }

    [Fact]
    public async Task StreamedBody_ThroughAProxy_IsNotLimitedByTheTimeout()
    {
        await using var server = await TestServer.StartAsync(context => TrickleAsync(context, "text/plain"));
        await using var lab = Create();
        lab.Know(server);
        using var proxy = new HttpMessageInvoker(
            lab.Services.GetRequiredService<ServiceHttpHandlerFactory>().Create("lab", new SocketsHttpHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");
        using var answer = await proxy.SendAsync(request, Token);
        var body = await answer.Content.ReadAsStreamAsync(Token);
        Assert.Equal("first ", await ReadAsync(body));

        _clock.Advance(TimeSpan.FromMinutes(10));
        _more.SetResult();

        Assert.Equal("second", await ReadAsync(body));
    }

    [Fact]
    public async Task StreamedBody_ReaderCancels_IsTheReadersCancellation()
    {
        await using var server = await TestServer.StartAsync(context => TrickleAsync(context, "text/plain"));
        await using var lab = Create();
        lab.Know(server);
        using var answer = await lab.Client().GetAsync("http://catalog/", HttpCompletionOption.ResponseHeadersRead, Token);
        var body = await answer.Content.ReadAsStreamAsync(Token);
        Assert.Equal("first ", await ReadAsync(body));
        using var reader = new CancellationTokenSource();

        var read = body.ReadAsync(_buffer, reader.Token).AsTask();
        await reader.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.IsNotType<TimeoutException>(exception.InnerException);
    }

    [Fact]
    public async Task StreamedBodies_OneAfterTheOther_HaveTheirOwnTime()
    {
        await using var server = await TestServer.StartAsync(context =>
            context.Request.Path == "/whole" ? context.Response.WriteAsync(new string('x', 10_000)) : TrickleAsync(context, "text/plain"));
        await using var lab = Create();
        lab.Know(server);
        Assert.Equal(10_000, (await lab.Client().GetStringAsync("http://catalog/whole", Token)).Length);
        _clock.Advance(TimeSpan.FromSeconds(4));
        using var answer = await lab.Client().GetAsync("http://catalog/", HttpCompletionOption.ResponseHeadersRead, Token);
        var body = await answer.Content.ReadAsStreamAsync(Token);
        Assert.Equal("first ", await ReadAsync(body));

        _clock.Advance(TimeSpan.FromSeconds(4));
        _more.SetResult();
        Assert.Equal("second", await ReadAsync(body));
        Assert.Equal("", await ReadAsync(body));
        _clock.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal("", await ReadAsync(body));
    }

    private async Task TrickleAsync(HttpContext context, string type)
    {
        context.Response.ContentType = type;
        await context.Response.WriteAsync("first ");
        _begun.TrySetResult();
        await _more.Task.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("second");
    }

    private async Task<string> ReadAsync(Stream body) => Encoding.ASCII.GetString(_buffer, 0, await body.ReadAsync(_buffer, Token));

    private Lab Create(params (string Key, string Value)[] settings) => Lab.Create(
        settings.Append((Key: "Timeout", Value: "00:00:05")).ToDictionary(
            setting => $"CloudNative:Http:{setting.Key}", setting => (string?)setting.Value),
        services: services => services.AddSingleton<TimeProvider>(_clock));
}
