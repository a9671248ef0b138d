namespace EventWorker;

/// <summary>A service that the handler needs.</summary>
public sealed class Receipts
{
    public async Task WriteAsync(OrderPlaced order, CancellationToken cancellationToken) =>
        await Console.Out.WriteLineAsync($"receipt for order {order.Number}: {order.Total:0.00}".AsMemory(), cancellationToken);
}
