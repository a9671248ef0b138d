using Grpc.Core;
using Shop.Catalog.Products;

namespace Shop.Catalog.Prices;

/// <summary>The catalog's gRPC API. The token ends the query when the caller's deadline passes.</summary>
internal sealed class PriceListService(ProductStore store) : PriceList.PriceListBase
{
    private const int MaximumIds = 100;

    public override async Task<PricesReply> GetPrices(PricesRequest request, ServerCallContext context)
    {
        if (request.Ids.Count is 0 or > MaximumIds)
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"{request.Ids.Count} ids; give 1 to {MaximumIds}."));
        }

        var products = await store.FindAsync(request.Ids, context.CancellationToken);
        return new PricesReply { Products = { products.Select(Price) } };
    }

    private static ProductPrice Price(Product product) =>
        new() { Id = product.Id, Name = product.Name, Cents = (long)(product.Price * 100) };
}
