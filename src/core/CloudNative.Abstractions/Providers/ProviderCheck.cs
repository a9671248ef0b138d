using CloudNative.Configuration;

namespace CloudNative.Providers;

internal sealed class ProviderCheck(ProviderSelector selector) : IConfigurationCheck
{
    public void Check(ConfigurationProblems problems)
    {
        foreach (var feature in selector.InUse)
        {
            if (selector.Select(feature).Problem is { } problem)
            {
                problems.Add(problem);
            }
        }
    }
}
