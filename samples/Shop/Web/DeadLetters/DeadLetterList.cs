namespace Shop.Web.DeadLetters;

/// <summary>Some dead letters, the oldest first.</summary>
/// <param name="Items">The dead letters.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> when these are all.</param>
public sealed record DeadLetterList(IReadOnlyList<DeadLetter> Items, long? Next);
