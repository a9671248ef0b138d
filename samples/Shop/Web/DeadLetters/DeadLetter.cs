namespace Shop.Web.DeadLetters;

/// <summary>An event that a group has given up, as the management endpoints list it.</summary>
public sealed record DeadLetter(long Id, string Topic, string Group, LetterEvent? Event, LetterFailure Failure);
