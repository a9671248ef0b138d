using CloudNative.Discovery;

namespace CloudNative.Embedded.Registry;

/// <summary>
/// An instance as it is written in the store. Versions of the SDK run side by side on one store: names stay, unknown
/// ones are ignored, missing ones have their defaults (which the serializer keeps for properties that can be set, not
/// for <c>init</c>).
/// </summary>
internal sealed class InstanceDocument
{
    public string Service { get; set; } = string.Empty;

    public string Id { get; set; } = string.Empty;

    public IReadOnlyList<InstanceEndpoint> Endpoints { get; set; } = [];

    public string? Version { get; set; }

    public string? Zone { get; set; }

    public int Weight { get; set; } = ServiceInstance.DefaultWeight;

    public int Priority { get; set; }

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    public static InstanceDocument Of(ServiceInstance instance) => new()
    {
        Service = instance.Service,
        Id = instance.Id,
        Endpoints = instance.Endpoints,
        Version = instance.Version,
        Zone = instance.Zone,
        Weight = instance.Weight,
        Priority = instance.Priority,
        Metadata = instance.Metadata,
    };

    public ServiceInstance ToInstance() => new()
    {
        Service = Service,
        Id = Id,
        Endpoints = Endpoints,
        Version = Version,
        Zone = Zone,
        Weight = Weight,
        Priority = Priority,
        Metadata = Metadata,
    };
}
