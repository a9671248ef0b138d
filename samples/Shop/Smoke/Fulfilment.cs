namespace Shop.Smoke;

/// <summary>Compares the orders with what payments and shipping did for them. Their own lists are the witnesses.</summary>
internal sealed class Fulfilment(SmokeReport report)
{
    public void Compare(
        IReadOnlyList<PlacedOrder> orders, IReadOnlyList<Payment> payments, IReadOnlyList<Shipment> shipments)
    {
        var paid = payments.ToLookup(payment => payment.OrderId);
        var shipped = shipments.ToLookup(shipment => shipment.OrderId);
        foreach (var order in orders)
        {
            Judge(order, [.. paid[order.Id]], shipped[order.Id].Count());
        }

        foreach (var stray in shipped.Select(group => group.Key).Except(orders.Select(order => order.Id)))
        {
            report.Problem($"order {stray} was shipped and is not stored");
        }

        var placedAt = orders.ToDictionary(order => order.Id, order => order.PlacedAt);
        report.HandledAgain = payments.Count(payment => payment.Attempt > 1) + shipments.Count(shipment => shipment.Attempt > 1);
        report.ToShipped =
        [
            .. shipments.Where(shipment => placedAt.ContainsKey(shipment.OrderId))
                .Select(shipment => (shipment.ShippedAt - placedAt[shipment.OrderId]).TotalMilliseconds).Order(),
        ];
    }

    private void Judge(PlacedOrder order, Payment[] payments, int shipments)
    {
        var name = $"order {order.Number} ({order.Id})";
        if (payments.Length != 1)
        {
            report.Problem($"{name} was paid {payments.Length} times");
        }

        var declined = payments is [{ Accepted: false }];
        report.Declined += declined ? 1 : 0;
        report.ShippedOnce += !declined && shipments == 1 ? 1 : 0;
        report.Doubled += shipments > 1 ? 1 : 0;
        report.Lost += !declined && shipments == 0 ? 1 : 0;
        if (shipments != (declined ? 0 : 1))
        {
            report.Problem($"{name} was shipped {shipments} times{(declined ? " and had been declined" : "")}");
        }

        var expected = declined ? PlacedOrder.Declined : PlacedOrder.Shipped;
        if (order.Status != expected)
        {
            report.Problem($"{name} is told as {order.Status} and should be {expected}");
        }
    }
}
