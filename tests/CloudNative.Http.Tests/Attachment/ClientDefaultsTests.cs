using System.Net;
using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Http.Tests.Attachment;

/// <summary>What <c>ConfigureHttpClientDefaults</c> says holds for every client.</summary>
public sealed class ClientDefaultsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AttachNamed_DefaultsAsk_EveryClientIsPicked()
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(
            new() { ["CloudNative:Http:Attach"] = "Named" },
            services: services => services.ConfigureHttpClientDefaults(client => client.AddCloudNative()));
        lab.Know(server);

        Assert.Equal("ok", await lab.Client().GetStringAsync("http://catalog/", Token));
        Assert.Equal("ok", await lab.Client("nobody registered it").GetStringAsync("http://catalog/", Token));
    }

    [Fact]
    public async Task Fallback_OfTheDefaults_AnswersForClientsWithoutTheirOwn()
    {
        await using var failing = await FailingAsync();
        await using var lab = Lab.Create(
            client: client => client.AddCloudNativeFallback((_, _) => Answer("own")),
            services: services => services.ConfigureHttpClientDefaults(
                client => client.AddCloudNativeFallback((_, _) => Answer("default"))));
        lab.Know(failing);

        Assert.Equal("own", await lab.Client().GetStringAsync("http://catalog/", Token));
        Assert.Equal("default", await lab.Client("other").GetStringAsync("http://catalog/", Token));
    }

    [Fact]
    public async Task Fallback_OfTheDefaults_IsNotForRequestsOfOthers()
    {
        await using var failing = await FailingAsync();
        await using var lab = Lab.Create(services: services => services.ConfigureHttpClientDefaults(
            client => client.AddCloudNativeFallback((_, _) => Answer("default"))));
        lab.Know(failing);
        var factory = lab.Services.GetRequiredService<ServiceHttpHandlerFactory>();
        using var proxy = new HttpMessageInvoker(factory.Create("proxy", new SocketsHttpHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");

        using var answer = await proxy.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task IdempotentRequests_OfTheDefaults_AreRepeatedByEveryClient()
    {
        await using var failing = await FailingAsync();
        await using var lab = Lab.Create(
            client: client => client.AddIdempotentRequests(_ => false),
            services: services => services.ConfigureHttpClientDefaults(
                client => client.AddIdempotentRequests(request => request.RequestUri!.AbsolutePath == "/search")));
        lab.Know(failing);

        using var search = await lab.Client().PostAsync("http://catalog/search", new StringContent("x"), Token);
        Assert.Equal(3, failing.Requests);
        using var order = await lab.Client().PostAsync("http://catalog/orders", new StringContent("x"), Token);
        Assert.Equal(4, failing.Requests);
    }

    private static ValueTask<HttpResponseMessage?> Answer(string text) =>
        new(new HttpResponseMessage { Content = new StringContent(text) });

    private static Task<TestServer> FailingAsync() => TestServer.StartAsync(context =>
    {
        context.Response.StatusCode = 503;
        return Task.CompletedTask;
    });
}
