namespace Shop.Web.DeadLetters;

/// <summary>The event in a dead letter.</summary>
public sealed record LetterEvent(string Id, string Source, string Type);
