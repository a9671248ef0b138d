namespace CloudNative.Discovery;

/// <summary>
/// How a client chooses among the instances of a service: the part <c>LoadBalancing</c> of <c>CloudNative:Http</c> (for
/// all clients) and
/// <c>CloudNative:Clients:&lt;name&gt;</c>. Reloaded while the process runs; the statistics of the instances survive
/// it.
/// </summary>
public sealed class LoadBalancingOptions
{
    /// <summary>
    /// The policy: <c>PowerOfTwoChoices</c>, <c>WeightedRoundRobin</c>, <c>LeastRequests</c>, <c>Random</c>,
    /// <c>ConsistentHash</c>, or the key of an <see cref="ILoadBalancingPolicy"/> that the application registered as a
    /// keyed service. Default
    /// <c>PowerOfTwoChoices</c>.
    /// </summary>
    public string Policy { get; set; } = "PowerOfTwoChoices";

    /// <summary>
    /// The request header whose value says which calls belong together, for <c>ConsistentHash</c>. A key that the
    /// caller sets on the request wins. Default none.
    /// </summary>
    public string? KeyHeader { get; set; }

    /// <summary>
    /// Whether instances in the zone of this process (<c>CloudNative:Service:Zone</c>) are preferred. They serve alone
    /// while enough of them are healthy; see <see cref="ZoneOverprovisioning"/>. Default <see langword="false"/>.
    /// Without a zone of its own, or where no instance says that it is in it, a process prefers none.
    /// </summary>
    public bool PreferZone { get; set; }

    /// <summary>
    /// The healthy share of the own zone, by weight, times this is the share of the calls that stay in it, at most all;
    /// the rest goes to other zones. Default 1.4: up to 28 % of the own zone may fail before calls leave it. 1 to 100.
    /// </summary>
    public double ZoneOverprovisioning { get; set; } = 1.4;

    /// <summary>
    /// Each process calls only so many instances, chosen by rendezvous hashing with its own instance id: connections do
    /// not grow with both sides. 0 for all of them. Default 0; 0 to 10,000.
    /// </summary>
    public int SubsetSize { get; set; }

    /// <summary>
    /// How long an instance that is new, or was left out and is back, takes less than its share: a tenth at first, all
    /// at the end. Default 0 (its share at once); 0 to 1 h.
    /// </summary>
    public TimeSpan SlowStart { get; set; }

    /// <summary>
    /// Only instances with all of these pairs in their metadata are called; <c>version</c> and <c>zone</c> also stand
    /// for the instance's own. Names and values are compared without case. Default none.
    /// </summary>
    public IDictionary<string, string> RequiredMetadata { get; } = new Dictionary<string, string>();

    /// <summary>
    /// The share of the calls, in percent, that canary instances get, however many there are; the others get the rest.
    /// Calls with a key are divided by their key. <see langword="null"/> when canaries are instances as all others.
    /// Default <see langword="null"/>; 0 to 100.
    /// </summary>
    public double? CanaryPercent { get; set; }

    /// <summary>The name in the metadata that tells a canary. Default <c>canary</c>.</summary>
    public string CanaryKey { get; set; } = "canary";

    /// <summary>The value of <see cref="CanaryKey"/> that tells a canary. Default <c>true</c>.</summary>
    public string CanaryValue { get; set; } = "true";
}
