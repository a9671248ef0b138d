namespace Shop.CardNetwork.Charges;

/// <summary>What became of a request to charge a card.</summary>
/// <param name="Id">The network's own id.</param>
/// <param name="Amount">In euros.</param>
/// <param name="Approved">Whether the card was charged.</param>
/// <param name="Reason">Why not.</param>
internal sealed record Charge(Guid Id, decimal Amount, bool Approved, string? Reason);
