using System.Text.Json.Serialization;

namespace Shop.Ordering.Orders;

/// <summary>How far an order is. It only moves on, so events may come in any order, and more than once.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
internal enum OrderStatus
{
    /// <summary>Stored; waits for its payment.</summary>
    Placed,

    /// <summary>Paid; waits to be shipped.</summary>
    Paid,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>The card was declined; the end.</summary>
    Declined,
}
