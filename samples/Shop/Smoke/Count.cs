namespace Shop.Smoke;

/// <summary>Compares what the shop confirmed with what it has stored.</summary>
internal sealed class Count(Ledger ledger, SmokeReport report)
{
    /// <param name="stored">The orders that ordering has stored since the smoke began.</param>
    public void Compare(IReadOnlyList<PlacedOrder> stored)
    {
        var times = stored.CountBy(order => order.Id).ToDictionary();
        report.Wanted = ledger.Orders;
        report.Confirmed = ledger.Placed.Count;
        report.StoredOnce = ledger.Placed.Keys.Count(id => times.GetValueOrDefault(id) == 1);

        foreach (var order in ledger.Placed.Values.Where(order => !times.ContainsKey(order.Id)))
        {
            report.Problem($"order {order.Number} ({order.Id}) was confirmed and is not stored");
        }

        foreach (var order in stored.Where(order => !ledger.Placed.ContainsKey(order.Id)))
        {
            report.Problem($"order {order.Number} ({order.Id}) is stored and was never confirmed: stored twice, or its answer was lost");
        }

        foreach (var order in stored.Where(order => ledger.Placed.TryGetValue(order.Id, out var told) && !Same(order, told)))
        {
            report.Problem($"order {order.Number} ({order.Id}) is not stored as it was confirmed");
        }

        if (report.Confirmed != report.Wanted)
        {
            report.Problem($"{report.Wanted - report.Confirmed} of {report.Wanted} orders were not confirmed");
        }
    }

    private static bool Same(PlacedOrder one, PlacedOrder other) =>
        one.Number == other.Number && one.Total == other.Total && one.Lines.SequenceEqual(other.Lines);
}
