using App._1.Catalog.Products;
using CloudNative.Eventing;

namespace App._1.Catalog.Orders;

/// <summary>What the catalog does about orders.</summary>
internal static class OrderEvents
{
    // Returning acknowledges the event, throwing asks for another attempt. An event may come twice, so the store knows orders by id.
    public static void MapOrderEvents(this IHost app) =>
        app.MapEvent("orders", (OrderPlaced order, ProductStore products) =>
            products.AddOrder(order.OrderId, order.ProductId, order.Quantity));
}
