using CloudNative.Configuration;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Identity;

internal sealed class ServiceNameCheck(IConfiguration configuration) : IConfigurationCheck
{
    public void Check(ConfigurationProblems problems)
    {
        var key = $"{ServiceInfoFactory.Section}:{nameof(ServiceInfo.Name)}";
        var value = configuration[key];
        if (!string.IsNullOrWhiteSpace(value) && ServiceName.Normalize(value).Length == 0)
        {
            problems.Add(
                "CN1005",
                key,
                value,
                "1 to 63 letters, digits, '-' and '.', at least one of them a letter or digit",
                "Give the service the name that its callers use in http://<name>.");
        }
    }
}
