using System.Net;
using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Http.Tests.Fallbacks;

public sealed class FallbackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AllAttemptsFail_FallbackAnswersAndSeesTheAnswer()
    {
        HttpStatusCode? seen = null;
        await using var failing = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var lab = Lab.Create(client: client => client.AddCloudNativeFallback((failed, _) =>
        {
            seen = failed.Response?.StatusCode;
            return Answer("cached");
        }));
        lab.Know(failing);

        Assert.Equal("cached", await lab.Client().GetStringAsync("http://catalog/", Token));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, seen);
        Assert.InRange(failing.Requests, 2, 3);
    }

    [Fact]
    public async Task Get_NoInstance_FallbackSeesTheException()
    {
        Exception? seen = null;
        await using var lab = Lab.Create(
            new() { ["CloudNative:Http:WaitForEndpoint"] = "00:00:00" },
            client => client.AddCloudNativeFallback((failed, _) =>
            {
                seen = failed.Exception;
                return Answer(failed.Service);
            }));
        lab.Source.Set("catalog");

        Assert.Equal("catalog", await lab.Client().GetStringAsync("http://catalog/", Token));
        Assert.IsType<NoEndpointException>(seen);
    }

    [Fact]
    public async Task Get_FallbackHasNothing_CallerGetsTheFailure()
    {
        await using var lab = Lab.Create(
            new() { ["CloudNative:Http:WaitForEndpoint"] = "00:00:00" },
            client => client.AddCloudNativeFallback((_, _) => default));
        lab.Source.Set("catalog");

        await Assert.ThrowsAsync<NoEndpointException>(() => lab.Client().GetAsync("http://catalog/", Token));
    }

    [Fact]
    public async Task Get_Succeeds_FallbackIsNotAsked()
    {
        await using var server = await TestServer.StartAsync("live");
        await using var lab = Lab.Create(client: client => client.AddCloudNativeFallback((_, _) => Answer("cached")));
        lab.Know(server);

        Assert.Equal("live", await lab.Client().GetStringAsync("http://catalog/", Token));
    }

    [Fact]
    public async Task Get_CallerCancels_FallbackIsNotAsked()
    {
        var asked = false;
        using var caller = new CancellationTokenSource();
        await using var silent = await TestServer.StartAsync(async context =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var lab = Lab.Create(client: client => client.AddCloudNativeFallback((_, _) =>
        {
            asked = true;
            return Answer("cached");
        }));
        lab.Know(silent);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.Client().GetAsync("http://catalog/", caller.Token));
        Assert.False(asked);
    }

    private static ValueTask<HttpResponseMessage?> Answer(string text) =>
        ValueTask.FromResult<HttpResponseMessage?>(new HttpResponseMessage { Content = new StringContent(text) });
}
