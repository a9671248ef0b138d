using CloudNative.Configuration;

namespace CloudNative.Providers;

internal sealed class ProviderCheck(ProviderSelector selector, IHostModeProvider mode, IEnumerable<ProviderOffer> offers)
    : IConfigurationCheck
{
    public void Check(ConfigurationProblems problems)
    {
        if (mode.Mode == HostMode.Service)
        {
            foreach (var problem in PreferredProviders.Check(selector.Preferred, offers))
            {
                problems.Add(problem);
            }
        }

        foreach (var feature in selector.InUse)
        {
            if (selector.Select(feature).Problem is { } problem)
            {
                problems.Add(problem);
            }
        }
    }
}
