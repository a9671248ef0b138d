namespace Shop.Payments.Cards;

/// <summary>What the card network says of a charge.</summary>
internal sealed record CardCharge(Guid Id, bool Approved, string? Reason);
