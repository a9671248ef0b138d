namespace CloudNative.Consul.Registry;

/// <summary>How an instance is, by all checks of it and of its node.</summary>
internal enum HealthState
{
    Passing,
    Warning,
    Critical,
}
