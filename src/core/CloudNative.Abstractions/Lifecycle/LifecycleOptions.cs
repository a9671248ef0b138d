namespace CloudNative.Lifecycle;

/// <summary>How a service stops. Section <c>CloudNative:Lifecycle</c>; read once at start.</summary>
public sealed class LifecycleOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Lifecycle";

    /// <summary>
    /// Longest wait between deregistration and drain, for neighbours to notice. A registry may ask for less; nothing
    /// registered means no wait. Default 5 s; 0 to 5 min.
    /// </summary>
    public TimeSpan PropagationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longest wait for work in hand to end. Default 25 s; 0 to 1 h. The host's ShutdownTimeout is raised to hold both
    /// and 5 s.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
