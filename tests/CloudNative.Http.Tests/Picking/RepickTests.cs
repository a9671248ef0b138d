using System.Net;
using CloudNative.Http.Tests.Labs;

namespace CloudNative.Http.Tests.Picking;

public sealed class RepickTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_OneOfThreeRefuses_EveryCallSucceeds()
    {
        await using var first = await TestServer.StartAsync("a");
        await using var second = await TestServer.StartAsync("b");
        using var dead = new DeadPort();
        await using var lab = Lab.Create();
        lab.Know(first.Address, dead.Address, second.Address);
        using var client = lab.Client();

        for (var i = 0; i < 50; i++)
        {
            Assert.Contains(await client.GetStringAsync("http://catalog/x", Token), new[] { "a", "b" });
        }

        Assert.Equal(50, first.Requests + second.Requests);
    }

    [Fact]
    public async Task Send_PostWhileOneRefuses_ArrivesExactlyOnce()
    {
        await using var server = await TestServer.StartAsync("a");
        using var dead = new DeadPort();
        await using var lab = Lab.Create();
        lab.Know(dead.Address, server.Address);
        using var client = lab.Client();

        for (var i = 0; i < 20; i++)
        {
            using var answer = await client.PostAsync("http://catalog/orders", new StringContent("x"), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(20, server.Requests);
    }
}
