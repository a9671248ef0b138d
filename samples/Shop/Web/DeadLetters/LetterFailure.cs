namespace Shop.Web.DeadLetters;

/// <summary>Why an event was given up.</summary>
public sealed record LetterFailure(string Reason, string Detail, DateTimeOffset At, int Attempt);
