namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>The last change of a dead letter's data.</summary>
/// <param name="Offset">The entry that holds them.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
internal sealed record LetterEdit(long Offset, string By, DateTimeOffset At);
