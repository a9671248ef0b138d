using CloudNative.Health;
using CloudNative.Sdk.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Mapping;

/// <summary>Remembers what was mapped in this host, so that a second call maps nothing.</summary>
internal sealed class MappedEndpoints(
    IServiceProvider services, IOptions<HealthOptions> health, IOptions<ManagementOptions> management)
{
    private readonly Lock _mapping = new();
    private EndpointConventions? _conventions;

    /// <summary>Whether the service called <c>MapCloudNative</c>.</summary>
    public bool IsMapped => Volatile.Read(ref _conventions) is not null;

    public IEndpointConventionBuilder MapOnce(IEndpointRouteBuilder endpoints)
    {
        lock (_mapping)
        {
            return _conventions ??= new EndpointConventions(Map(endpoints));
        }
    }

    private IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder endpoints)
    {
        try
        {
            var probes = health.Value;
            var managed = management.Value;
            return
            [
                .. probes.Enabled ? services.GetRequiredService<HealthEndpoint>().Map(endpoints, probes.Paths) : [],
                .. managed.Enabled ? services.GetRequiredService<DeadLetterEndpoints>().Map(endpoints, managed.Path) : [],
                .. managed.Enabled ? services.GetRequiredService<SubscriptionEndpoint>().Map(endpoints, managed.Path) : [],
            ];
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The service is still being built. Its start refuses and says what is wrong, together with everything else.
            return [];
        }
    }
}
