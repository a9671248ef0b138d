using CloudNative.Http.Tests.Labs;

namespace CloudNative.Http.Tests.Picking;

public sealed class BlackHoleTests
{
    [Fact]
    public async Task Post_InstanceSwallowsConnections_AnotherIsPickedAfterTheConnectTimeout()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux drops connections beyond a listener's queue.");
        var token = TestContext.Current.CancellationToken;
        await using var hole = await BlackHole.OpenAsync();
        await using var healthy = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(new() { ["CloudNative:Http:ConnectTimeout"] = "00:00:00.200" });
        lab.Know(hole.Address, healthy.Address);
        using var client = lab.Client();

        for (var i = 0; i < 10; i++)
        {
            using var answer = await client.PostAsync("http://catalog/", new StringContent("x"), token);
            Assert.Equal("ok", await answer.Content.ReadAsStringAsync(token));
        }

        Assert.Equal(10, healthy.Requests);
        var state = (await lab.SettledAsync()).Endpoints.Single(endpoint => endpoint.Instance.Id == "i0");
        Assert.NotEqual(0, state.ConsecutiveFailures);
    }
}
