namespace CloudNative.Discovery;

/// <summary>
/// When an instance that fails is left out. Section <c>CloudNative:Discovery:Ejection</c>; reloadable.
/// </summary>
public sealed class EjectionOptions
{
    /// <summary>Whether failing instances are left out. Default <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Failures in a row (refused connections, server errors, timeouts) that eject an instance. Default 3; 1 to 100.
    /// </summary>
    public int ConsecutiveFailures { get; set; } = 3;

    /// <summary>
    /// How long the first ejection lasts; each further one doubles it. Default 1 s; 100 ms to 10 min.
    /// </summary>
    public TimeSpan BaseDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest ejection, and how long an instance must do without one to start from the base again. Default 30 s;
    /// 100 ms to 1 h; not less than <see cref="BaseDuration"/>.
    /// </summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The largest share of a service's instances, in percent, that may be left out because they answer badly; one may
    /// always. When more fail, all of them are used again, so that the healthy ones are not crushed. Instances that
    /// refuse connections do not count: they are left out as long as there is another. Default 50; 0 to 100.
    /// </summary>
    public int MaxPercent { get; set; } = 50;

    /// <summary>
    /// How often the instances of a service are compared with each other. Default 10 s; 1 s to 10 min.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Calls of this process in an interval that an instance must have had to be compared. Default 100; 10 to
    /// 1,000,000.
    /// </summary>
    public int MinimumVolume { get; set; } = 100;

    /// <summary>
    /// Whether an instance is left out whose success rate is far below that of the others: <see
    /// cref="SuccessRateDeviations"/> times their standard deviation, and at least 10 percentage points. Default <see
    /// langword="true"/>.
    /// </summary>
    public bool SuccessRate { get; set; } = true;

    /// <summary>
    /// Standard deviations of the others' success rates below their mean that eject. Default 1.9; 0 to 100.
    /// </summary>
    public double SuccessRateDeviations { get; set; } = 1.9;

    /// <summary>
    /// An instance is left out whose calls take this many times the median of the others, and at least 5 ms longer. 0
    /// for never. Default 0; 0, or 1.5 to 1,000.
    /// </summary>
    public double LatencyFactor { get; set; }
}
