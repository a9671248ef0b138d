using System.Net;
using CloudNative.Http.Tests.Labs;

namespace CloudNative.Http.Tests.Retries;

public sealed class UnsafeRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Reads a request and breaks the connection without an answer.
    private static async Task BreakAsync(System.Net.Sockets.NetworkStream stream, RawServer server)
    {
        await server.ReadRequestAsync(stream);
        stream.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
    }

    [Fact]
    public async Task Post_ConnectionBreaksBeforeTheAnswer_IsNotRepeated()
    {
        await using var breaking = new RawServer(BreakAsync);
        await using var healthy = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create();
        lab.Know(breaking.Address, healthy.Address);
        using var client = lab.Client();

        var failed = 0;
        for (var i = 0; i < 20; i++)
        {
            try
            {
                using var answer = await client.PostAsync("http://catalog/orders", new StringContent("one"), Token);
            }
            catch (HttpRequestException)
            {
                failed++;
            }
        }

        Assert.NotEqual(0, failed);
        Assert.Equal(20, healthy.Requests + breaking.Requests.Count);
    }

    [Fact]
    public async Task Get_ConnectionBreaksBeforeTheAnswer_SucceedsElsewhere()
    {
        await using var breaking = new RawServer(BreakAsync);
        await using var healthy = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(new() { ["CloudNative:Http:Retry:BudgetReserve"] = "1000" });
        lab.Know(breaking.Address, healthy.Address);
        using var client = lab.Client();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("ok", await client.GetStringAsync("http://catalog/", Token));
        }

        Assert.NotEmpty(breaking.Requests);
    }

    // The runtime repeats a request without a body when a kept-alive connection ends before any answer. Here the work
    // may be done by then.
    [Fact]
    public async Task PostWithoutBody_InstanceDiesOnAKeptConnection_IsNotSentToAnother()
    {
        await using var dying = new RawServer(async (stream, server) =>
        {
            await server.ReadRequestAsync(stream);
            await RawServer.AnswerAsync(stream, "200 OK", "ok");
            await server.ReadRequestAsync(stream);
            server.StopListening();
        });
        await using var healthy = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create();
        lab.Know(dying.Address);
        using var client = lab.Client();
        Assert.Equal("ok", await client.GetStringAsync("http://catalog/", Token));
        lab.Source.Set("catalog", Lab.Instance("i0", dying.Address), Lab.Instance("late", healthy.Address) with { Priority = 1 });
        await lab.UntilListedAsync(2);

        using var request = new HttpRequestMessage(HttpMethod.Post, "http://catalog/orders");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, Token));

        Assert.Equal(["GET / HTTP/1.1", "POST /orders HTTP/1.1"], dying.Requests);
        Assert.Equal(0, healthy.Requests);
        Assert.Null(request.Content);
    }

    [Theory]
    [InlineData("POST", HttpStatusCode.ServiceUnavailable)]
    [InlineData("POST", HttpStatusCode.BadGateway)]
    [InlineData("PATCH", HttpStatusCode.GatewayTimeout)]
    [InlineData("GET", HttpStatusCode.TooManyRequests)]
    [InlineData("GET", HttpStatusCode.InternalServerError)]
    public async Task Send_AnswerThatMustNotBeRepeated_ReachesTheCallerAfterOneRequest(string method, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = (int)status;
            return Task.CompletedTask;
        });
        await using var lab = Lab.Create();
        lab.Know(server);
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://catalog/");

        using var answer = await lab.Client().SendAsync(request, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_CallerSaysItIsIdempotent_IsRepeated(bool byKey)
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var lab = Lab.Create();
        lab.Know(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://catalog/") { Content = new StringContent("x") };
        if (byKey)
        {
            request.Headers.Add("Idempotency-Key", "42");
        }
        else
        {
            request.SetIdempotent();
        }

        using var answer = await lab.Client().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task Get_CallerSaysItIsNotIdempotent_IsNotRepeated()
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var lab = Lab.Create();
        lab.Know(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/").SetIdempotent(false);

        using var answer = await lab.Client().SendAsync(request, Token);

        Assert.Equal(1, server.Requests);
    }
}
