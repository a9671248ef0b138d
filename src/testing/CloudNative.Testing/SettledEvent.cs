using CloudNative.Eventing;

namespace CloudNative.Testing;

/// <summary>How a delivery ended.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Group">The group.</param>
/// <param name="Event">The event.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
/// <param name="Kind">Handled, given back, to be delivered again, or given up.</param>
/// <param name="Failure">What failed, for the last two.</param>
public sealed record SettledEvent(
    string Topic, string Group, EventEnvelope Event, int Attempt, SettlementKind Kind, DeliveryFailure? Failure);
