namespace CloudNative.Discovery;

/// <summary>What a source has to say of a service.</summary>
public enum EndpointUpdateKind
{
    /// <summary>The source knows the service; these are its instances that take calls, possibly none.</summary>
    Answer,

    /// <summary>The source answered, and does not know the service.</summary>
    NotFound,

    /// <summary>The source could not answer. What was known before stays in force.</summary>
    Unavailable,
}
