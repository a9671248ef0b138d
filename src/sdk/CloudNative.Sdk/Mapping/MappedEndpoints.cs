using CloudNative.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Mapping;

/// <summary>Remembers what was mapped in this host, so that a second call maps nothing.</summary>
internal sealed class MappedEndpoints(HealthEndpoint health, IOptions<HealthOptions> options)
{
    private readonly Lock _mapping = new();
    private EndpointConventions? _conventions;

    /// <summary>Whether the service called <c>MapCloudNative</c>.</summary>
    public bool IsMapped => Volatile.Read(ref _conventions) is not null;

    public IEndpointConventionBuilder MapOnce(IEndpointRouteBuilder endpoints)
    {
        lock (_mapping)
        {
            return _conventions ??= new EndpointConventions(
                options.Value.Enabled ? health.Map(endpoints, options.Value.Paths) : []);
        }
    }
}
