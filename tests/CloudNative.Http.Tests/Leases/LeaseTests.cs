using CloudNative.Discovery;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Http.Tests.Leases;

public sealed class LeaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StreamedBody_UntilItsEnd_CountsAsInFlight()
    {
        var rest = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(async context =>
        {
            context.Response.Headers["X-Kept"] = "yes";
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("first ");
            await rest.Task;
            await context.Response.WriteAsync("second");
        });
        await using var lab = Lab.Create();
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", HttpCompletionOption.ResponseHeadersRead, Token);
        var state = await StateAsync(lab);
        Assert.Equal(1, state.InFlight);
        rest.SetResult();

        Assert.Equal("first second", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(0, state.InFlight);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("yes", answer.Headers.GetValues("X-Kept").Single());
    }

    [Fact]
    public async Task StreamedBody_Disposed_EndsTheLease()
    {
        await using var server = await TestServer.StartAsync(context => context.Response.WriteAsync(new string('x', 100_000)));
        await using var lab = Lab.Create();
        lab.Know(server);

        var answer = await lab.Client().GetAsync("http://catalog/", HttpCompletionOption.ResponseHeadersRead, Token);
        var state = await StateAsync(lab);
        Assert.Equal(1, state.InFlight);
        answer.Dispose();

        Assert.Equal(0, state.InFlight);
        Assert.Equal(0, state.ConsecutiveFailures);
    }

    [Fact]
    public async Task StreamedBody_BreaksOff_IsAFailureOfTheInstance()
    {
        await using var server = new RawServer(async (stream, server) =>
        {
            await server.ReadRequestAsync(stream);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nsome"u8.ToArray());
        });
        await using var lab = Lab.Create();
        lab.Know(server.Address);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => lab.Client().GetStringAsync("http://catalog/", Token));

        var state = await StateAsync(lab);
        Assert.Equal(0, state.InFlight);
        Assert.Equal(1, state.ConsecutiveFailures);
    }

    [Fact]
    public async Task StreamedBody_SlowToEnd_LatencyIsThatOfTheHeaders()
    {
        await using var server = await TestServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first ");
            await Task.Delay(1500, context.RequestAborted);
        });
        await using var lab = Lab.Create();
        lab.Know(server);

        await lab.Client().GetStringAsync("http://catalog/", Token);

        Assert.InRange((await StateAsync(lab)).LatencySeconds, 0, 1.4);
    }

    [Fact]
    public async Task StreamedBody_Forgotten_IsReturnedByTheCollector()
    {
        await using var server = await TestServer.StartAsync(context => context.Response.WriteAsync(new string('x', 100_000)));
        await using var lab = Lab.Create();
        lab.Know(server);
        await ForgetAsync(lab);
        var state = await StateAsync(lab);

        for (var i = 0; i < 100 && state.InFlight > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.Equal(0, state.InFlight);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task ForgetAsync(Lab lab) =>
        _ = await lab.Client().GetAsync("http://catalog/", HttpCompletionOption.ResponseHeadersRead, Token);

    private static async Task<EndpointState> StateAsync(Lab lab) => Assert.Single((await lab.SettledAsync()).Endpoints);
}
