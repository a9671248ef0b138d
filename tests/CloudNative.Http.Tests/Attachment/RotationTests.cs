using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Http.Tests.Attachment;

/// <summary>Counts what the whole process holds, so it runs alone.</summary>
[Collection("alone")]
public sealed class RotationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rotation_TenThousandChains_LeaveNothingBehind()
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create();
        lab.Know(server);
        var factory = lab.Services.GetRequiredService<ServiceHttpHandlerFactory>();
        await RotateAsync(factory, 50);
        var timers = Timer.ActiveCount;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await RotateAsync(factory, 10_000, sendEvery: 100);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4_000_000);
        Assert.InRange(Timer.ActiveCount, 0, timers + 5);
        Assert.Equal(0, Assert.Single((await lab.SettledAsync()).Endpoints).InFlight);
    }

    private static async Task RotateAsync(ServiceHttpHandlerFactory factory, int times, int sendEvery = 1)
    {
        for (var i = 0; i < times; i++)
        {
            using var invoker = new HttpMessageInvoker(factory.Create("lab", new SocketsHttpHandler()));
            if (i % sendEvery == 0)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");
                using var answer = await invoker.SendAsync(request, Token);
            }
        }
    }
}
