using Microsoft.Extensions.Configuration;

namespace CloudNative.Discovery.Tests.Support;

/// <summary>Settings in memory that a test changes while they are in use, as a file that is reloaded.</summary>
internal sealed class ChangingConfiguration : ConfigurationProvider, IConfigurationSource
{
    public ChangingConfiguration(Dictionary<string, string?> settings) => Fill(settings);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Replace(Dictionary<string, string?> settings)
    {
        Fill(settings);
        OnReload();
    }

    private void Fill(Dictionary<string, string?> settings) =>
        Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);
}
