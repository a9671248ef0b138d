using Microsoft.AspNetCore.Antiforgery;

namespace Shop.Web;

/// <summary>What every page needs to know of the request it answers.</summary>
/// <param name="Theme"><c>light</c>, <c>dark</c>, or <see langword="null"/> for what the visitor's system prefers.</param>
/// <param name="BasketCount">How many things are in the basket.</param>
/// <param name="Token">Goes into every form.</param>
/// <param name="Address">Path and query, to come back to.</param>
public sealed record Shell(string? Theme, int BasketCount, AntiforgeryTokenSet Token, string Address);
