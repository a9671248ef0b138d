namespace CloudNative.Discovery;

/// <summary>Registration and discovery. Section <c>CloudNative:Discovery</c>.</summary>
public sealed class DiscoveryOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Discovery";

    /// <summary>
    /// Whether names are resolved and this service registers. When off, every name goes to DNS. Default <see
    /// langword="true"/>; read at start.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether this service makes itself known. Default <see langword="true"/>; read at start.</summary>
    public bool Register { get; set; } = true;

    /// <summary>
    /// Who chooses the instance of a call. Default <see cref="DiscoveryBalancing.Client"/>; read at start.
    /// </summary>
    public DiscoveryBalancing Balancing { get; set; }

    /// <summary>
    /// How long a call waits for the first answer on a service. Then it is <see cref="ServiceStatus.Unavailable"/>
    /// until an answer comes. Default 5 s; 10 ms to 1 min; reloadable.
    /// </summary>
    public TimeSpan FirstAnswerTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long instances stay in force when their source suddenly answers that there are none and cannot vouch for it.
    /// Each of them is dropped sooner when it refuses a connection. Default 30 s; 0 (believe at once) to 1 h;
    /// reloadable.
    /// </summary>
    public TimeSpan EmptyAnswerGracePeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After this time without a call a service is no longer watched; the next call opens the watch again. Default 10
    /// min; 1 min to 1 day.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The schemes that an address may have; one with another is dropped and counted. Default none named, which means
    /// http and https; name all that your own protocols use, http and https included. Reloadable, for answers that come
    /// later.
    /// </summary>
    public IList<string> AllowedSchemes { get; } = [];

    /// <summary>When failing instances are left out.</summary>
    public EjectionOptions Ejection { get; set; } = new();

    /// <summary>The address under which neighbours reach this service.</summary>
    public AdvertiseOptions Advertise { get; set; } = new();
}
