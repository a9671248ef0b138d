using CloudNative.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Mapping;

/// <summary>Remembers what was mapped in this host, so that a second call maps nothing.</summary>
internal sealed class MappedEndpoints(IServiceProvider services, IOptions<HealthOptions> options)
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
        HealthOptions health;
        try
        {
            health = options.Value;
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The service is still being built. Its start refuses and says what is wrong, together with everything else.
            return [];
        }

        return health.Enabled ? services.GetRequiredService<HealthEndpoint>().Map(endpoints, health.Paths) : [];
    }
}
