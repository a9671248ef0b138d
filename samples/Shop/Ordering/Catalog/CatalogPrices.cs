using Shop.Catalog.Prices;

namespace Shop.Ordering.Catalog;

/// <summary>Asks the catalog for prices.</summary>
internal sealed class CatalogPrices(PriceList.PriceListClient client)
{
    /// <summary>Looks up products; those that do not exist are left out.</summary>
    /// <exception cref="Grpc.Core.RpcException">No replica of the catalog gave an answer in time.</exception>
    public async Task<Dictionary<string, CatalogProduct>> FindAsync(
        IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var reply = await client.GetPricesAsync(new PricesRequest { Ids = { ids } }, cancellationToken: cancellationToken);
        return reply.Products.ToDictionary(
            product => product.Id,
            product => new CatalogProduct(product.Id, product.Name, product.Cents / 100m));
    }
}
