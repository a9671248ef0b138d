using CloudNative.Configuration;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Modes;

internal sealed class HostModeCheck(IConfiguration configuration) : IConfigurationCheck
{
    public void Check(ConfigurationProblems problems)
    {
        var value = configuration[HostModeProvider.Key];
        if (!string.IsNullOrEmpty(value) && !HostModeProvider.TryParse(value, out _))
        {
            problems.Add(
                "CN1006",
                HostModeProvider.Key,
                value,
                string.Join(", ", Enum.GetNames<HostMode>()),
                "Remove the key, and the mode is recognised; set it only to override that.");
        }
    }
}
