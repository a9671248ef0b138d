namespace App._1.Catalog.Products;

/// <summary>Keeps the products and what was ordered of them: in memory, so each instance for itself. Thread-safe.</summary>
internal sealed class ProductStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, (string ProductId, int Quantity)> _orders = [];

    public IReadOnlyList<Product> Products { get; } =
    [
        new("kettle", "Kettle", 39.90m),
        new("lamp", "Lamp", 24.50m),
        new("mug", "Mug", 8.00m),
    ];

    public Product? Find(string id) => Products.FirstOrDefault(product => product.Id == id);

    public int CountOrdered(string productId)
    {
        lock (_lock)
        {
            return _orders.Values.Where(order => order.ProductId == productId).Sum(order => order.Quantity);
        }
    }

    /// <summary>Notes an order; an order that is known already changes nothing.</summary>
    public void AddOrder(Guid id, string productId, int quantity)
    {
        lock (_lock)
        {
            _orders.TryAdd(id, (productId, quantity));
        }
    }
}
