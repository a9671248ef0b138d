namespace Shop.Smoke;

/// <summary>Waits until every order is shipped or declined.</summary>
internal sealed class Settling(ShopLists lists, Ledger ledger, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    // Longer than any wait between two attempts: when nothing happens for so long, nothing will.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits.</summary>
    /// <returns>The orders as they are in the end, settled or not.</returns>
    public async Task<List<PlacedOrder>> WaitAsync(ListLengths before, CancellationToken cancellationToken)
    {
        var (most, since) = (-1, time.GetTimestamp());
        while (true)
        {
            var orders = await lists.OrdersAsync(before, cancellationToken);
            var settled = orders.Count(order => order.IsSettled);
            if (settled > most)
            {
                (most, since) = (settled, time.GetTimestamp());
            }

            if (settled == orders.Count || time.GetElapsedTime(since) > Patience)
            {
                Console.WriteLine($"smoke: {settled} of {ledger.Placed.Count} orders are shipped or declined");
                return orders;
            }

            await Task.Delay(Step, time, cancellationToken);
        }
    }
}
