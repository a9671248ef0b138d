using CloudNative.Http.Calls;
using CloudNative.Http.Connections;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Http.Tests.Connections;

public sealed class EndpointHandlerPoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_EndpointLeft_ItsHandlerIsClosedButItsBodyIsReadToTheEnd()
    {
        var rest = new TaskCompletionSource();
        await using var leaving = await TestServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first ");
            await rest.Task;
            await context.Response.WriteAsync("second");
        });
        await using var lab = Lab.Create();
        lab.Know(leaving);
        await lab.SettledAsync();
        using var pool = Pool(lab);
        var endpoints = lab.Table.Get("catalog");
        endpoints.TryPick(default, out var pick);
        var handler = pool.Enter(endpoints, pick, "catalog", 80);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");
        using var invoker = new HttpMessageInvoker(new Through(handler));
        using var answer = await invoker.SendAsync(request, Token);
        handler.Leave();
        pick.Complete(Discovery.EndpointOutcome.Success);
        var body = answer.Content.ReadAsStringAsync(Token);

        lab.Source.Set("catalog", Lab.Instance("other", "http://127.0.0.1:1"));
        var snapshot = endpoints.Snapshot;
        while (snapshot.Endpoints[0].Instance.Id != "other")
        {
            snapshot = await endpoints.WaitForChangeAsync(snapshot, Token);
        }

        Assert.Equal(1, pool.Count);
        pool.Sweep(pick.Begun + 1);

        Assert.Equal(0, pool.Count);
        rest.SetResult();
        Assert.Equal("first second", await body.WaitAsync(Lab.Patience, TimeProvider.System, Token));
    }

    [Fact]
    public async Task Sweep_HandlerInUse_StaysUntilItIsLeft()
    {
        var time = new FakeTimeProvider();
        await using var lab = Lab.Create(services: services => services.AddSingleton<TimeProvider>(time));
        lab.Know("http://127.0.0.1:1");
        await lab.SettledAsync();
        using var pool = Pool(lab);
        var endpoints = lab.Table.Get("catalog");
        endpoints.TryPick(default, out var pick);
        var handler = pool.Enter(endpoints, pick, "catalog", 80);
        Assert.Same(handler, pool.Enter(endpoints, pick, "CATALOG", 80));
        Assert.NotSame(handler, pool.Enter(endpoints, pick, "catalog", 81));

        var later = pick.Begun + ((long)EndpointHandlerPool.IdleTimeout.TotalSeconds * time.TimestampFrequency) + 1;
        pool.Sweep(later);
        Assert.Equal(2, pool.Count);

        handler.Leave();
        handler.Leave();
        pool.Sweep(later + 1);
        Assert.Equal(1, pool.Count);
        Assert.False(handler.TryEnter(later));
    }

    private static EndpointHandlerPool Pool(Lab lab)
    {
        var services = lab.Services.GetRequiredService<PipelineServices>();
        var builder = new EndpointHandlerBuilder(new SocketsHttpHandler(), services.Settings.Get("lab"), null);
        return new EndpointHandlerPool(builder, services.Time);
    }

    private sealed class Through(EndpointHandler handler) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            handler.SendAsync(request, cancellationToken);
    }
}
