namespace CloudNative.Providers;

/// <summary>Which provider serves a feature, and why.</summary>
/// <param name="Feature">One of <see cref="CloudNativeFeatures"/>.</param>
/// <param name="Provider">
/// The provider's name, the key of its services; <see langword="null"/> when none serves.
/// </param>
/// <param name="Reason">
/// For the start summary: <c>named in CloudNative:Discovery:Provider</c>, <c>the only one available</c>…
/// </param>
public sealed record ProviderChoice(string Feature, string? Provider, string Reason);
