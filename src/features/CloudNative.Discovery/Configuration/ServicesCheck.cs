using CloudNative.Configuration;
using CloudNative.Discovery.Sources;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Discovery.Configuration;

/// <summary>
/// Finds addresses in the <c>Services</c> section that cannot be read, and so would be left out silently.
/// </summary>
internal sealed class ServicesCheck(IConfiguration configuration) : IConfigurationCheck
{
    public void Check(ConfigurationProblems problems)
    {
        var unreadable = configuration.GetSection(ConfigurationSource.SectionName).GetChildren()
            .SelectMany(ConfiguredEntries.Read)
            .Where(entry => entry.Endpoints.Count == 0);
        foreach (var entry in unreadable)
        {
            problems.Add(
                DiscoveryErrors.UnreadableAddress,
                entry.Key,
                entry.Value,
                "a URI such as https://10.0.0.1:8443, or host:port",
                "Put the address right, or remove it.");
        }
    }
}
