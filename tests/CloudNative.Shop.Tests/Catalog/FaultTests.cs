using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Shop.Catalog.Prices;

namespace CloudNative.Shop.Tests.Catalog;

public sealed class FaultTests : IDisposable
{
    private readonly CatalogApp _app = new();
    private readonly HttpClient _client;
    private readonly GrpcChannel _channel;
    private readonly PriceList.PriceListClient _prices;

    public FaultTests()
    {
        _client = _app.CreateClient();
        _channel = GrpcChannel.ForAddress(
            _app.Server.BaseAddress, new GrpcChannelOptions { HttpHandler = _app.Server.CreateHandler(), DisposeHttpClient = true });
        _prices = new PriceList.PriceListClient(_channel);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_Failing_BothProtocolsFailHealthDoesNotAndItIsWellAgain()
    {
        await TellAsync(new { failing = 1 });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync("/products/walden"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync("/categories"));
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(AskPriceAsync)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/health/ready"));

        await TellAsync(new { });

        Assert.Equal(HttpStatusCode.OK, await GetAsync("/products/walden"));
        Assert.Single((await AskPriceAsync()).Products);
    }

    [Fact]
    public async Task Put_Silent_NobodyIsAnsweredUntilHeGivesUp()
    {
        await TellAsync(new { silent = true });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var page = _client.GetAsync("/products/walden", patience.Token);
        var price = _prices.GetPricesAsync(new PricesRequest { Ids = { "walden" } }, cancellationToken: patience.Token).ResponseAsync;

        // Many others come and go meanwhile.
        for (var asked = 0; asked < 20; asked++)
        {
            Assert.Equal(HttpStatusCode.OK, await GetAsync("/health/ready"));
        }

        Assert.False(page.IsCompleted || price.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => page);
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => price)).StatusCode);
    }

    [Fact]
    public async Task Put_Slow_TheAnswerIsTheSameAndLater()
    {
        // The first answers of a process are slow by themselves.
        await GetAsync("/products/walden");
        await TellAsync(new { slowness = 50 });

        var begun = TimeProvider.System.GetTimestamp();
        var status = await GetAsync("/products/walden");
        var took = TimeProvider.System.GetElapsedTime(begun);
        using var told = await _client.GetAsync("/fault", Token);

        // No query of a database file takes less than a hundred microseconds.
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.InRange(took, TimeSpan.FromMilliseconds(5), TimeSpan.MaxValue);
        Assert.Equal("{\"slowness\":50,\"failing\":0,\"silent\":false}", await told.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("{\"slowness\":0}")]
    [InlineData("{\"failing\":1.5}")]
    public async Task Put_WhatIsNoFault_IsRefused(string fault)
    {
        using var content = new StringContent(fault, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _client.PutAsync("/fault", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/products/walden"));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Put_InProduction_ThereIsNoSwitch(string environment)
    {
        await using var app = _app.WithWebHostBuilder(builder => builder.UseEnvironment(environment));
        using var client = app.CreateClient();

        using var put = await client.PutAsJsonAsync("/fault", new { failing = 1 }, Token);
        using var get = await client.GetAsync("/fault", Token);
        using var product = await client.GetAsync("/products/walden", Token);

        Assert.Equal(HttpStatusCode.NotFound, put.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        Assert.Equal(HttpStatusCode.OK, product.StatusCode);
    }

    public void Dispose()
    {
        _channel.Dispose();
        _client.Dispose();
        _app.Dispose();
    }

    private async Task TellAsync(object fault)
    {
        using var answer = await _client.PutAsJsonAsync("/fault", fault, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<HttpStatusCode> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(path, Token);
        return answer.StatusCode;
    }

    private async Task<PricesReply> AskPriceAsync() =>
        await _prices.GetPricesAsync(new PricesRequest { Ids = { "walden" } }, cancellationToken: Token);
}
