namespace CloudNative.Eventing;

/// <summary>What failed in an attempt, as it is kept with the event.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Detail">What happened, in one line; longer texts are cut by the transport at 2,000 characters.</param>
/// <param name="At">When.</param>
/// <param name="Attempt">Which attempt, from 1.</param>
public sealed record DeliveryFailure(DeadLetterReason Reason, string Detail, DateTimeOffset At, int Attempt);
