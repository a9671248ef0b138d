using System.Text.Json.Serialization;

namespace Shop.Web.Orders;

/// <summary>How far an order is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Stored; waits for its payment.</summary>
    Placed,

    /// <summary>Paid; waits to be shipped.</summary>
    Paid,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>The card was declined.</summary>
    Declined,
}
