namespace CloudNative.Http;

/// <summary>
/// How many calls of one client wait for one instance at the same time, learned from how they go
/// (<c>CloudNative:Http:ConcurrencyLimit</c>, <c>CloudNative:Clients:&lt;name&gt;:ConcurrencyLimit</c>). A call goes to an instance with
/// room; where none has any it fails at once with <see cref="ConcurrencyLimitException"/>.
/// </summary>
public sealed class ConcurrencyLimitOptions
{
    /// <summary>
    /// Whether there is a limit. Default <see langword="false"/>: services that shed load by themselves (CloudNative.Sdk) need none in
    /// their callers.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>The limit never falls below this. Default 4; 1 to 10,000.</summary>
    public int Minimum { get; set; } = 4;

    /// <summary>
    /// The limit never exceeds this; it is the limit for as long as nothing was learned. Default 1,000; 1 to 100,000.
    /// </summary>
    public int Maximum { get; set; } = 1000;

    /// <summary>
    /// How many times its usual latency an instance may take before it is taken to have too much to do. Default 2; 1.1 to 100.
    /// </summary>
    public double LatencyTolerance { get; set; } = 2;
}
