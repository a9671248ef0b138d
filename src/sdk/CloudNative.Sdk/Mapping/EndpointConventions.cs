using Microsoft.AspNetCore.Builder;

namespace CloudNative.Sdk.Mapping;

/// <summary>Several endpoints as one for conventions.</summary>
internal sealed class EndpointConventions(IReadOnlyList<IEndpointConventionBuilder> endpoints)
    : IEndpointConventionBuilder
{
    public void Add(Action<EndpointBuilder> convention)
    {
        foreach (var endpoint in endpoints)
        {
            endpoint.Add(convention);
        }
    }
}
