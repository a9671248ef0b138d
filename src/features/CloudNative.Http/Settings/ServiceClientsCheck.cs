using CloudNative.Configuration;
using CloudNative.Discovery;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Http.Settings;

/// <summary>
/// Checks the options of every client that configuration names, so that a wrong value stops the start and not the
/// first call.
/// </summary>
internal sealed class ServiceClientsCheck(IConfiguration configuration, LoadBalancers balancers) : IConfigurationCheck
{
    public void Check(ConfigurationProblems problems)
    {
        var configure = new ConfigureServiceClient(configuration);
        foreach (var client in configuration.GetSection(ServiceClientOptions.ClientsSectionName).GetChildren())
        {
            try
            {
                var options = new ServiceClientOptions();
                configure.Configure(client.Key, options);
                ServiceClientOptionsValidator.Check(
                    ServiceClientOptionsValidator.SectionOf(client.Key), options, balancers, problems);
            }
            catch (InvalidOperationException exception)
            {
                // The binder's text names the key, the value and the type.
                problems.Add(
                    HttpProblems.Unreadable,
                    client.Path,
                    value: null,
                    exception.Message,
                    "Correct the value, or remove the key for its default.");
            }
        }
    }
}
