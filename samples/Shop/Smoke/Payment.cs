namespace Shop.Smoke;

/// <summary>A payment as payments tells it.</summary>
internal sealed record Payment(Guid OrderId, bool Accepted, int Attempt);
