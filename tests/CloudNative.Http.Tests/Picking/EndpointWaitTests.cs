using CloudNative.Http.Tests.Labs;

namespace CloudNative.Http.Tests.Picking;

public sealed class EndpointWaitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_OnlyInstanceComesAndGoesAllTheTime_WaitsAndNeverComplainsOfASchemeThatIsThere()
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create();
        lab.Know(server);
        await lab.SettledAsync();
        using var client = lab.Client();
        using var enough = new CancellationTokenSource();
        var toggling = ToggleAsync();
        async Task ToggleAsync()
        {
            while (!enough.IsCancellationRequested)
            {
                lab.Source.Set("catalog");
                await lab.UntilListedAsync(0);
                lab.Know(server);
                await lab.UntilListedAsync(1);
            }
        }

        for (var call = 0; call < 2_000; call++)
        {
            Assert.Equal("ok", await client.GetStringAsync("http://catalog/", TestContext.Current.CancellationToken));
        }

        await enough.CancelAsync();
        await toggling;
    }

    [Fact]
    public async Task Get_EveryAddressCannotBeRight_SaysWhichSourceListsThem()
    {
        await using var lab = Lab.Create(new() { ["CloudNative:Http:WaitForEndpoint"] = "00:00:00.010" });
        lab.Know("http://0.0.0.0:80");

        var failed = await Assert.ThrowsAsync<NoEndpointException>(() => lab.Client().GetAsync("http://catalog/", Token));

        Assert.Contains(
            "none came within 00:00:00.0100000 (CloudNative:Http:WaitForEndpoint): test lists only addresses that cannot be right: "
            + "http://0.0.0.0:80 (unspecified).",
            failed.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OnlyInstanceRestarts_WaitsForTheNewOne()
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create();
        lab.Source.Set("catalog");

        var call = lab.Client().PostAsync("http://catalog/", new StringContent("x"), Token);
        await lab.SettledAsync();
        Assert.False(call.IsCompleted);
        lab.Know(server);

        using var answer = await call.WaitAsync(Lab.Patience, TimeProvider.System, Token);
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Post_OnlyInstanceRefusesUntilTheTableKnows_GoesToTheNewOne()
    {
        await using var server = await TestServer.StartAsync("ok");
        using var dead = new DeadPort();
        await using var lab = Lab.Create();
        lab.Know(dead.Address);

        var call = lab.Client().PostAsync("http://catalog/", new StringContent("x"), Token);
        await lab.SettledAsync();
        lab.Source.Set("catalog");
        lab.Source.Set("catalog", Lab.Instance("new", server.Address));

        using var answer = await call.WaitAsync(Lab.Patience, TimeProvider.System, Token);
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_EveryInstanceRefuses_FailsWithTheSocketsError()
    {
        using var dead = new DeadPort();
        await using var lab = Lab.Create();
        lab.Know(dead.Address);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => lab.Client().GetAsync("http://catalog/", Token));

        var socket = Assert.IsType<System.Net.Sockets.SocketException>(exception.InnerException, exactMatch: false);
        Assert.Equal(System.Net.Sockets.SocketError.ConnectionRefused, socket.SocketErrorCode);
        Assert.Contains("instance 'i0' of 'catalog'", socket.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoInstanceComes_SaysSo()
    {
        await using var lab = Lab.Create(new() { ["CloudNative:Http:WaitForEndpoint"] = "00:00:00.050" });
        lab.Source.Set("catalog");

        var exception = await Assert.ThrowsAsync<NoEndpointException>(() => lab.Client().GetAsync("http://catalog/", Token));

        Assert.Equal("catalog", exception.Service);
        Assert.Contains("WaitForEndpoint", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoInstanceOffersTheScheme_SaysWhatTheyOffer()
    {
        await using var lab = Lab.Create();
        lab.Know("http://127.0.0.1:1");

        var exception = await Assert.ThrowsAsync<NoEndpointException>(() => lab.Client().GetAsync("https://catalog/", Token));

        Assert.Contains("they offer http", exception.Message, StringComparison.Ordinal);
    }
}
