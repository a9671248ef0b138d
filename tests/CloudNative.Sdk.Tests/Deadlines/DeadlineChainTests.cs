using System.Collections.Concurrent;
using System.Net;
using CloudNative.Deadlines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.Deadlines;

/// <summary>Services that call one another over sockets, the last of which never answers.</summary>
public sealed class DeadlineChainTests : IAsyncLifetime
{
    private const int Hops = 4;
    private const int Calls = 50;
    private const int AtOnce = 10;

    private static readonly TimeSpan TimeLeft = TimeSpan.FromMilliseconds(400);

    private readonly List<WebApplication> _apps = [];
    private readonly ConcurrentQueue<int> _begun = new();
    private readonly SemaphoreSlim _ended = new(0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        for (var hop = Hops; hop > 0; hop--)
        {
            var next = _apps.Count == 0 ? null : _apps[^1].Address().ToString();
            var builder = WebAppUnderTest.CreateBuilder(("Services:next:http:0", next));
            builder.AddCloudNative();
            var app = builder.Build();
            var number = hop;
            app.Run(context => ServeAsync(context, number));
            await app.StartAsync(Token);
            _apps.Add(app);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        _ended.Dispose();
    }

    [Fact]
    public async Task Get_CallerGivesUp_AllHopsStopWithItsDeadline()
    {
        using var client = _apps[^1].Client();
        for (var call = 0; call < Calls; call += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => CallAsync(client)));
        }

        // All that began ends, though the last hop waits for ever: how soon is measured where nothing else runs, by the comparison.
        // On a busy machine a call may run out of time before it has come there.
        for (var hop = 0; hop < _begun.Count; hop++)
        {
            await _ended.WaitAsync(Token);
        }

        Assert.Equal(Calls, _begun.Count(hop => hop == 1));
        Assert.Contains(Hops, _begun);
    }

    private static async Task CallAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add(DeadlineHeader.Name, DeadlineHeader.Format(TimeLeft));
        using var answer = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }

    private async Task ServeAsync(HttpContext context, int hop)
    {
        _begun.Enqueue(hop);
        Assert.NotNull(context.RequestServices.GetRequiredService<DeadlineContext>().Current);
        try
        {
            if (hop < Hops)
            {
                var clients = context.RequestServices.GetRequiredService<IHttpClientFactory>();
                await clients.CreateClient("next").GetStringAsync("http://next/", context.RequestAborted);
            }
            else
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }
        }
        finally
        {
            _ended.Release();
        }
    }
}
