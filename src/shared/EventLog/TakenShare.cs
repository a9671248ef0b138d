namespace CloudNative.Shared.EventLog;

/// <summary>A partition that was taken, with what its last owner left before its head.</summary>
/// <param name="Row">The share, with the new token.</param>
/// <param name="Open">Events before the head that are not done, in rising order.</param>
/// <param name="Later">Events to be delivered again or later.</param>
/// <param name="Held">Keys whose events wait behind a dead letter.</param>
internal sealed record TakenShare(
    ShareRow Row,
    IReadOnlyList<StoredEvent> Open,
    IReadOnlyList<(DeliveryRow Row, StoredEvent Event)> Later,
    IReadOnlyList<string> Held);
