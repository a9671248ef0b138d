using CloudNative.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Planning;

/// <summary>Lists what is wrong about handlers together with everything else that is wrong at start.</summary>
internal sealed class PlanCheck(IServiceProvider services) : IConfigurationCheck
{
    public void Check(ConfigurationProblems problems)
    {
        try
        {
            foreach (var problem in services.GetRequiredService<Planner>().Problems.Items)
            {
                problems.Add(problem);
            }
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // Options of ours or of a provider that do not bind or validate; their own checks tell so. Anything else comes again when
            // subscriptions begin.
        }
    }
}
