using Microsoft.AspNetCore.Routing;

namespace CloudNative.Sdk.Management;

/// <summary>Leaves management out of API descriptions.</summary>
internal sealed class ManagementEndpointMetadata : IExcludeFromDescriptionMetadata
{
    public static readonly ManagementEndpointMetadata Instance = new();

    private ManagementEndpointMetadata()
    {
    }

    public bool ExcludeFromDescription => true;
}
