namespace Shop.Smoke;

/// <summary>How many orders, payments and shipments there are.</summary>
internal sealed record ListLengths(int Orders, int Payments, int Shipments);
