namespace CloudNative.Sdk;

/// <summary>
/// What becomes of requests when the service has more to do than it can. Section <c>CloudNative:LoadShedding</c>; read once at start.
/// </summary>
public sealed class LoadSheddingOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:LoadShedding";

    /// <summary>
    /// Whether requests wait, and are declined, when the service has too much to do. Default <see langword="true"/>: nothing waits before
    /// requests have become slower together with their number.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>So many requests are always served at the same time. Default 8; 1 to 10,000.</summary>
    public int MinimumConcurrency { get; set; } = 8;

    /// <summary>
    /// How long a request waits for its turn at most, before it is declined, and how long others may have been waiting before this is taken
    /// for an overload: then the newest comes first and waits a quarter of this. Default 500 ms; 100 ms to 30 s.
    /// </summary>
    public TimeSpan QueueTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many requests wait at the same time, at most. Default 5,000; 0 to 1,000,000.</summary>
    public int QueueLength { get; set; } = 5000;

    /// <summary>
    /// Whether a caller may raise the priority of its request by the header <c>CloudNative-Priority</c>; anybody may lower it. Default
    /// <see langword="false"/>: set it where only callers of one's own can reach the service, or a gateway removes the header.
    /// </summary>
    public bool TrustPriority { get; set; }
}
