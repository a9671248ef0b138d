namespace Shop.Web.Orders;

/// <summary>Counts the latest orders by how far they are; for the panel, and so outside of what visitors' calls are counted by.</summary>
internal sealed class OrderCounting(HttpClient http)
{
    /// <summary>The most orders that ordering lists at once.</summary>
    public const int Latest = 200;

    /// <exception cref="HttpRequestException">Ordering does not answer.</exception>
    public async Task<OrderCounts> CountAsync(CancellationToken cancellationToken)
    {
        var orders = await http.GetFromJsonAsync<OrderList>($"/orders?pageSize={Latest}", cancellationToken);
        return OrderCounts.Of(orders!.Items);
    }
}
