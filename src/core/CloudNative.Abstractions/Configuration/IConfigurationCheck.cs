namespace CloudNative.Configuration;

/// <summary>
/// A check that runs once when the host starts, before any port opens, together with the validation of all options.
/// What it finds is listed in the one <see cref="CloudNativeConfigurationException"/>. Use it for what no single
/// options class can see.
/// </summary>
public interface IConfigurationCheck
{
    /// <summary>
    /// Adds what is wrong to <paramref name="problems"/>; must not throw, block, or touch disk or network.
    /// </summary>
    /// <param name="problems">Where to add.</param>
    void Check(ConfigurationProblems problems);
}
