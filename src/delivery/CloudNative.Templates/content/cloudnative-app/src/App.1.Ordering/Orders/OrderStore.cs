using System.Collections.Concurrent;

namespace App._1.Ordering.Orders;

/// <summary>Keeps the orders: in memory, so gone with the process. Thread-safe.</summary>
internal sealed class OrderStore
{
    private readonly ConcurrentDictionary<Guid, Order> _orders = new();

    public IReadOnlyList<Order> All => [.. _orders.Values.OrderBy(order => order.Id)];

    public void Add(Order order) => _orders[order.Id] = order;

    public Order? Find(Guid id) => _orders.GetValueOrDefault(id);
}
