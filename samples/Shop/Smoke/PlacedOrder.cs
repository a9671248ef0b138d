namespace Shop.Smoke;

/// <summary>An order as the shop tells it.</summary>
internal sealed record PlacedOrder(
    Guid Id, long Number, DateTimeOffset PlacedAt, PlacedLine[] Lines, decimal Total, string Status)
{
    public const string Shipped = "Shipped";
    public const string Declined = "Declined";

    /// <summary>Whether nothing more is to happen to it.</summary>
    public bool IsSettled => Status is Shipped or Declined;
}
