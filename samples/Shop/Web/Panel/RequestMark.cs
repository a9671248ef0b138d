namespace Shop.Web.Panel;

/// <summary>One attempt of this storefront to get an answer.</summary>
/// <param name="Service">From which service.</param>
/// <param name="By">The instance that gave it, when it says so.</param>
/// <param name="Failed">Whether it failed; it may have been repeated elsewhere.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record RequestMark(string Service, string? By, bool Failed, int Milliseconds);
