namespace CloudNative.Health;

/// <summary>
/// The paths of the probes, section <c>CloudNative:Health:Paths</c>. Each starts with <c>/</c> and stands for itself:
/// no parameters, no query. All three differ.
/// </summary>
public sealed class HealthPaths
{
    /// <summary>Answers <see cref="HealthProbe.Startup"/>. Default <c>/health/startup</c>.</summary>
    public string Startup { get; set; } = "/health/startup";

    /// <summary>Answers <see cref="HealthProbe.Ready"/>. Default <c>/health/ready</c>.</summary>
    public string Ready { get; set; } = "/health/ready";

    /// <summary>Answers <see cref="HealthProbe.Live"/>. Default <c>/health/live</c>.</summary>
    public string Live { get; set; } = "/health/live";
}
