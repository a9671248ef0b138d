using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Discovery.Tests.Support;

internal static class HarnessExtensions
{
    public static IServiceCollection AddSource(this IServiceCollection services, IEndpointSource source) =>
        services.AddSingleton(source);

    /// <summary>Picks, and ends the attempt at once.</summary>
    public static string? PickAndComplete(this ServiceEndpoints endpoints, EndpointOutcome outcome = EndpointOutcome.Success)
    {
        if (!endpoints.TryPick(default, out var pick))
        {
            return null;
        }

        pick.Complete(outcome);
        return pick.State.Instance.Id;
    }
}
