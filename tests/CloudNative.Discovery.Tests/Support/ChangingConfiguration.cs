using Microsoft.Extensions.Configuration;

namespace CloudNative.Discovery.Tests.Support;

/// <summary>Settings in memory that a test changes while they are in use, as a file that is reloaded.</summary>
internal sealed class ChangingConfiguration : ConfigurationProvider, IConfigurationSource
{
    public ChangingConfiguration(Dictionary<string, string?> settings) => Fill(settings);

    /// <summary>What happens when a value has been read, by its key.</summary>
    public Action<string> WasRead { get; set; } = static _ => { };

    /// <summary>What happens before keys are listed, by their parent.</summary>
    public Action<string?> Listing { get; set; } = static _ => { };

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Replace(Dictionary<string, string?> settings)
    {
        Fill(settings);
        OnReload();
    }

    public override bool TryGet(string key, out string? value)
    {
        var found = base.TryGet(key, out value);
        WasRead(key);
        return found;
    }

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        Listing(parentPath);
        return base.GetChildKeys(earlierKeys, parentPath);
    }

    private void Fill(Dictionary<string, string?> settings) =>
        Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);
}
