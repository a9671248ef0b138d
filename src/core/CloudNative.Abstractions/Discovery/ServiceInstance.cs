namespace CloudNative.Discovery;

/// <summary>One running process of a service, as it is registered and found. Immutable.</summary>
public sealed record ServiceInstance
{
    /// <summary>The weight of an instance that says nothing.</summary>
    public const int DefaultWeight = 100;

    /// <summary>The logical name callers use; compared without case.</summary>
    public required string Service { get; init; }

    /// <summary>Identifies the instance within its service. Statistics follow it across refreshes, whatever its address.</summary>
    public required string Id { get; init; }

    /// <summary>Where it listens; at least one.</summary>
    public required IReadOnlyList<InstanceEndpoint> Endpoints { get; init; }

    /// <summary>The version it runs, for version and canary routing.</summary>
    public string? Version { get; init; }

    /// <summary>The failure zone it runs in.</summary>
    public string? Zone { get; init; }

    /// <summary>Share of traffic relative to its siblings; 0 takes none while any sibling has more. Default 100.</summary>
    public int Weight { get; init; } = DefaultWeight;

    /// <summary>Lower is preferred; higher ones are used only when no lower one is left (RFC 2782). Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Free pairs, registered with the instance.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
