using Grpc.Core;
using Shop.Ordering.Catalog;

namespace Shop.Ordering.Orders;

/// <summary>Places an order: once, at the catalog's prices.</summary>
internal sealed partial class OrderPlacement(
    OrderStore store, CatalogPrices catalog, TimeProvider time, ILogger<OrderPlacement> logger)
{
    /// <summary>Places the order unless the key shows that this was done before.</summary>
    public async Task<PlacementResult> PlaceAsync(PlaceOrder request, IdempotencyKey key, CancellationToken cancellationToken)
    {
        if (await FindRepeatedAsync(key, cancellationToken) is { } repeated)
        {
            return repeated;
        }

        if (await FindProductsAsync(request, cancellationToken) is not { } products)
        {
            return new PlacementResult.NoPrices();
        }

        var unknown = request.Lines.Index().Where(line => !products.ContainsKey(line.Item.ProductId)).Select(line => line.Index);
        if (unknown.ToList() is { Count: > 0 } lines)
        {
            return new PlacementResult.UnknownProducts(lines);
        }

        var order = new Order(Guid.CreateVersion7(time.GetUtcNow()), 0, time.GetUtcNow(), [.. request.Lines.Select(Price)]);
        if (await store.AddAsync(order, key, cancellationToken) is { } placed)
        {
            return new PlacementResult.Placed(placed);
        }

        // Somebody sent the same key at the same time and was faster.
        return await FindRepeatedAsync(key, cancellationToken) ?? throw new InvalidOperationException("The order has vanished.");

        OrderLine Price(PlaceOrderLine line) =>
            new(line.ProductId, products[line.ProductId].Name, line.Quantity, products[line.ProductId].Price);
    }

    private async Task<Dictionary<string, CatalogProduct>?> FindProductsAsync(PlaceOrder request, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.FindAsync(request.Lines.Select(line => line.ProductId).Distinct(), cancellationToken);
        }
        catch (RpcException exception)
        {
            LogNoPrices(exception.StatusCode, exception.Status.Detail);
            return null;
        }
    }

    private async Task<PlacementResult?> FindRepeatedAsync(IdempotencyKey key, CancellationToken cancellationToken) =>
        await store.FindByKeyAsync(key.Value, cancellationToken) switch
        {
            null => null,
            var stored when stored.Fingerprint == key.Fingerprint => new PlacementResult.Repeated(stored.Order),
            _ => new PlacementResult.KeyReused(),
        };

    [LoggerMessage(1, LogLevel.Warning, "An order was refused, because the catalog gave no prices: {Status}, {Reason}")]
    private partial void LogNoPrices(StatusCode status, string reason);
}
