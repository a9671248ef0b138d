namespace CloudNative;

/// <summary>One feature while it is being configured in code.</summary>
public interface IFeatureBuilder
{
    /// <summary>The builder this feature belongs to.</summary>
    ICloudNativeBuilder Builder { get; }

    /// <summary>The feature's name as in configuration, one of <see cref="CloudNativeFeatures"/>.</summary>
    string Name { get; }

    /// <summary>
    /// Pins the provider that serves this feature. <c>CloudNative:&lt;Feature&gt;:Provider</c> in configuration wins
    /// over it. A name that no installed provider offers is a start error that lists the candidates.
    /// </summary>
    /// <param name="provider">The provider's name, for example <c>consul</c>; compared without case.</param>
    void Use(string provider);
}
