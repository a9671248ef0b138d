namespace Shop.Payments.Charging;

/// <summary>What became of the payment of an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">In euros.</param>
/// <param name="Accepted">Whether the card was charged.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Attempt">Which attempt to handle the order came through, from 1.</param>
/// <param name="DecidedAt">When.</param>
internal sealed record Payment(
    Guid OrderId, decimal Amount, bool Accepted, string? Reason, int Attempt, DateTimeOffset DecidedAt);
