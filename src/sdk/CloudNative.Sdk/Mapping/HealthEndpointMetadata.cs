using Microsoft.AspNetCore.Routing;

namespace CloudNative.Sdk.Mapping;

/// <summary>Marks a probe: left out of API descriptions and traces.</summary>
internal sealed class HealthEndpointMetadata : IExcludeFromDescriptionMetadata
{
    public static readonly HealthEndpointMetadata Instance = new();

    private HealthEndpointMetadata()
    {
    }

    public bool ExcludeFromDescription => true;
}
