namespace CloudNative;

/// <summary>
/// The names of the features that providers serve, as they stand in configuration: <c>CloudNative:&lt;Feature&gt;</c>.
/// </summary>
public static class CloudNativeFeatures
{
    /// <summary>Registration and discovery.</summary>
    public const string Discovery = "Discovery";

    /// <summary>Leases with fencing tokens.</summary>
    public const string Leases = "Leases";

    /// <summary>Events: the transport that stores and delivers them.</summary>
    public const string Eventing = "Eventing";
}
