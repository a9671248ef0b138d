namespace Shop.Web.Panel;

/// <summary>One answer that this storefront got.</summary>
/// <param name="Service">From which service.</param>
/// <param name="By">The instance that gave it, when it says so.</param>
/// <param name="Failed">Whether the call failed for good: after all repetition.</param>
/// <param name="Milliseconds">How long it took, repetition included.</param>
public sealed record RequestMark(string Service, string? By, bool Failed, int Milliseconds);
