using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Shop.Catalog.Prices;
using HealthApi = Grpc.Health.V1.Health;

namespace CloudNative.Shop.Tests.Catalog;

public sealed class PriceListTests : IDisposable
{
    private readonly CatalogApp _app = new();
    private readonly GrpcChannel _channel;
    private readonly PriceList.PriceListClient _client;

    public PriceListTests()
    {
        _channel = GrpcChannel.ForAddress(
            _app.Server.BaseAddress, new GrpcChannelOptions { HttpHandler = _app.Server.CreateHandler(), DisposeHttpClient = true });
        _client = new PriceList.PriceListClient(_channel);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetPrices_SomeUnknown_LeavesThemOut()
    {
        var reply = await _client.GetPricesAsync(
            new PricesRequest { Ids = { "walden", "nothing", "cast-iron-skillet-26-cm" } }, cancellationToken: Token);

        Assert.Equal(
            [("cast-iron-skillet-26-cm", "Cast-iron skillet, 26 cm", 3990), ("walden", "Walden, Henry David Thoreau", 990)],
            reply.Products.Select(product => (product.Id, product.Name, product.Cents)).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task GetPrices_NoneOrTooMany_IsRefusedWithTheRange(int count)
    {
        var request = new PricesRequest { Ids = { Enumerable.Repeat("walden", count) } };

        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.GetPricesAsync(request, cancellationToken: Token));

        Assert.Equal((StatusCode.InvalidArgument, $"{count} ids; give 1 to 100."), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Check_OfTheService_IsServing()
    {
        var health = new HealthApi.HealthClient(_channel);

        var answer = await health.CheckAsync(new HealthCheckRequest { Service = "shop.catalog.v1.PriceList" }, cancellationToken: Token);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    public void Dispose()
    {
        _channel.Dispose();
        _app.Dispose();
    }
}
