using CloudNative.Eventing;

namespace DeadLetters;

/// <summary>An event.</summary>
[Event("payments.due")]
public sealed record PaymentDue(int Number);
