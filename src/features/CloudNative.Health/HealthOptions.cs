namespace CloudNative.Health;

/// <summary>How this process answers probes. Section <c>CloudNative:Health</c>; read once at start.</summary>
public sealed class HealthOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Health";

    /// <summary>
    /// Whether checks are evaluated and probes answered. Default true. Without it a service is ready while it runs.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The only port that answers probes, 1 to 65535. Default: none, every port of the web server answers. Where the
    /// web server does not listen on it, or there is none, a small listener is opened for it.
    /// </summary>
    public int? Port { get; set; }

    /// <summary>Where the probes are found.</summary>
    public HealthPaths Paths { get; set; } = new();

    /// <summary>
    /// The time between two runs of a check, ± 10 % at random. Default 10 s; 100 ms to 1 h. A registration's own
    /// <c>Period</c> wins.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a check may take before it counts as failed. Default 5 s; 10 ms to 5 min. A registration's own
    /// <c>Timeout</c> wins.
    /// </summary>
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
