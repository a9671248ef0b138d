namespace CloudNative.Providers;

/// <summary>
/// Chooses the provider of each feature: <c>CloudNative:&lt;Feature&gt;:Provider</c> (where <c>none</c> switches it
/// off), else what code pinned, else the only available primary, else the embedded one in Development. What cannot be
/// chosen is a start error.
/// </summary>
public interface IProviderSelector
{
    /// <summary>The choice for one feature; the same for the life of the host.</summary>
    /// <param name="feature">One of <see cref="CloudNativeFeatures"/>.</param>
    /// <returns>The choice; without a provider when the feature is off or nothing can serve it.</returns>
    ProviderChoice Choose(string feature);
}
