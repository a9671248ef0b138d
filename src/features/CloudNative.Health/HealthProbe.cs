namespace CloudNative.Health;

/// <summary>What an orchestrator asks a process; the three probes of Kubernetes.</summary>
public enum HealthProbe
{
    /// <summary>
    /// Has it started? Once true it stays true. Checks tagged <see cref="HealthTags.Startup"/> must have passed once.
    /// </summary>
    Startup,

    /// <summary>Does it take calls? All checks count; never while it starts or stops.</summary>
    Ready,

    /// <summary>
    /// Must it be restarted? Only checks tagged <see cref="HealthTags.Live"/> count; without any it is alive.
    /// </summary>
    Live,
}
