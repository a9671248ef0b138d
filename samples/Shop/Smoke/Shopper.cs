namespace Shop.Smoke;

/// <summary>Browses and orders, again and again until all orders are placed. Never sends anything twice: what fails, failed.</summary>
internal sealed class Shopper(ShopApi shop, Ledger ledger)
{
    public async Task ShopAsync(CancellationToken cancellationToken)
    {
        // The same choices in every run; only the timing differs.
        while (ledger.TryTake(out var order))
        {
            var random = new Random(order);
            var shelf = await shop.BrowseAsync(page: random.Next(1, 10), cancellationToken);
            var lines = Choose(shelf, random);
            if (lines.Length > 0)
            {
                await shop.LookAtAsync(lines[0].ProductId, cancellationToken);
                ledger.Done(await shop.OrderAsync(lines, cancellationToken));
            }
            else
            {
                ledger.Done(null);
            }
        }
    }

    private static PlacedLine[] Choose(IReadOnlyList<string> shelf, Random random) =>
        [.. shelf.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(id => new PlacedLine(id, random.Next(1, 5)))];
}
