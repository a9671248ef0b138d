using CloudNative.Configuration;

namespace CloudNative.Providers;

/// <summary>A choice, and the start error when it could not be made.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="Problem">What the user has to decide; <see langword="null"/> when all is well.</param>
internal sealed record ProviderSelection(ProviderChoice Choice, ConfigurationProblem? Problem = null);
