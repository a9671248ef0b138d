namespace CloudNative.Providers;

/// <summary>
/// What a provider says it can serve; <c>UseX()</c> registers one per feature, next to the keyed services that do the
/// work (key: <see cref="Provider"/>). The provider's assembly says its name, too, so that tools know it without running the
/// service: <c>[assembly: AssemblyMetadata("CloudNative.Provider", "consul")]</c>.
/// </summary>
/// <param name="Provider">The provider's name in lower case, also the key of its services: <c>consul</c>.</param>
/// <param name="Feature">One of <see cref="CloudNativeFeatures"/>.</param>
/// <param name="Rank">Whether it serves by itself.</param>
public sealed record ProviderOffer(string Provider, string Feature, ProviderRank Rank);
