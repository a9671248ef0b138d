namespace CloudNative.Testing;

/// <summary>What was left when nothing was under way any more.</summary>
/// <param name="Scheduled">
/// How many events are due later; <see cref="EventsTestHarness.ListScheduledAsync"/> names them, moving the host's clock lets them come.
/// </param>
public readonly record struct QuiescedEvents(long Scheduled);
