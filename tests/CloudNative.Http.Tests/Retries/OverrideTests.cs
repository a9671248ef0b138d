using System.Collections.Concurrent;
using System.Net;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Http.Tests.Retries;

public sealed class OverrideTests
{
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly ConcurrentQueue<string> _bodies = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_WithIdempotencyKey_IsRepeatedUnderTheSameKey()
    {
        await using var server = await TestServer.StartAsync(FailOnceAsync);
        await using var lab = Lab.Create();
        lab.Know(server);

        using var request = Post(new StringContent("x")).SetIdempotencyKey();
        using var answer = await lab.Client().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, _keys.Count);
        Assert.Single(_keys.Distinct());
        Assert.NotEqual("", _keys.First());
    }

    [Fact]
    public void SetIdempotencyKey_HasOne_ItStays()
    {
        using var request = Post(null);
        request.Headers.Add("Idempotency-Key", "order-7");
        request.SetIdempotencyKey();

        Assert.Equal("order-7", Assert.Single(request.Headers.GetValues("Idempotency-Key")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Get_MaxAttempts_IsTheRequests(int attempts)
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var lab = Lab.Create(new() { ["CloudNative:Http:Retry:BudgetReserve"] = "1000" });
        lab.Know(server);

        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/").SetMaxAttempts(attempts);
        using var answer = await lab.Client().SendAsync(request, Token);

        Assert.Equal(attempts, server.Requests);
    }

    [Fact]
    public async Task Get_TimeoutOfTheRequest_ReplacesTheClients()
    {
        await using var silent = await TestServer.StartAsync(
            context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await using var lab = Lab.Create();
        lab.Know(silent);

        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/").SetTimeout(TimeSpan.FromMilliseconds(100));
        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() => lab.Client().SendAsync(request, Token));

        Assert.Contains("SetTimeout", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_LongerTimeoutOfTheRequest_OutlastsTheClients()
    {
        var clock = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(context =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return context.Response.WriteAsync("late");
        });
        await using var lab = Lab.Create(
            new() { ["CloudNative:Http:Timeout"] = "00:00:05", ["CloudNative:Http:AttemptTimeout"] = "00:01:00" },
            services: services => services.AddSingleton<TimeProvider>(clock));
        lab.Know(server);

        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/").SetTimeout(TimeSpan.FromSeconds(60));
        using var answer = await lab.Client().SendAsync(request, Token);

        Assert.Equal("late", await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData(100, 100, 2)]
    [InlineData(100, 99, 1)]
    [InlineData(100, 0, 1)]
    public async Task Put_BodyOfUnknownKind_IsRepeatedWithinTheBufferLimit(int length, int limit, int requests)
    {
        await using var server = await TestServer.StartAsync(FailOnceAsync);
        await using var lab = Lab.Create(new() { ["CloudNative:Http:Retry:BufferLimit"] = $"{limit}" });
        lab.Know(server);

        using var request = Post(new OnceContent(length));
        request.Method = HttpMethod.Put;
        using var answer = await lab.Client().SendAsync(request, Token);

        Assert.Equal(requests, server.Requests);
        Assert.All(_bodies, body => Assert.Equal(new string('x', length), body));
    }

    private static HttpRequestMessage Post(HttpContent? content) => new(HttpMethod.Post, "http://catalog/") { Content = content };

    private async Task FailOnceAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        _bodies.Enqueue(await reader.ReadToEndAsync());
        _keys.Enqueue(context.Request.Headers["Idempotency-Key"].ToString());
        context.Response.StatusCode = _keys.Count == 1 ? 503 : 200;
    }

    private sealed class OnceContent(int length) : HttpContent
    {
        private bool _isSent;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Assert.False(_isSent);
            _isSent = true;
            return stream.WriteAsync(Enumerable.Repeat((byte)'x', length).ToArray()).AsTask();
        }

        protected override bool TryComputeLength(out long bytes)
        {
            bytes = length;
            return true;
        }
    }
}
