namespace CloudNative.Providers;

/// <summary>
/// A choice made in code by <see cref="IFeatureBuilder.Use"/>; registered as a service, read by the selector.
/// </summary>
/// <param name="Feature">One of <see cref="CloudNativeFeatures"/>.</param>
/// <param name="Provider">The provider's name.</param>
public sealed record ProviderPin(string Feature, string Provider);
