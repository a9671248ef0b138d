namespace CloudNative.Discovery.Balancing;

/// <summary>
/// What may be picked for one query and balancer, prepared so that a pick only indexes. Replaced as a whole when
/// something changes; the only thing in it that moves is when the next trial of an ejected instance is due.
/// </summary>
internal sealed class Selection
{
    private readonly EndpointSchemes _schemes;
    private readonly string? _endpointName;
    private readonly LoadBalancer? _balancer;
    private readonly bool _isSimple;
    private long _simpleUntil;
    private long _trialDue;

    /// <param name="query">What it serves.</param>
    /// <param name="balancer">What it serves.</param>
    /// <param name="pools">Who may be picked; none when nobody may.</param>
    /// <param name="reserve">All that match, for a call that has tried every one in use.</param>
    /// <param name="resting">The instances that are ejected and may get a trial.</param>
    /// <param name="changes">The timestamp from which it should be prepared again.</param>
    public Selection(EndpointQuery query, LoadBalancer? balancer, Pool[] pools, Pool reserve, Target[] resting, long changes)
    {
        _schemes = query.Schemes;
        _endpointName = query.EndpointName;
        _balancer = balancer;
        _isSimple = pools is [{ Prepared: null }];
        Pools = pools;
        States = pools.Length > 0 ? pools[0].States : [];
        Targets = pools.Length > 0 ? pools[0].Targets : [];
        Reserve = reserve;
        Resting = resting;
        Changes = changes;
        ScheduleTrial();
    }

    public EndpointQuery Query => new(_schemes, _endpointName);

    public LoadBalancer? Balancer => _balancer;

    /// <summary>The statistics of the first pool, in the order of <see cref="Targets"/>.</summary>
    public EndpointState[] States { get; }

    /// <summary>The instances of the first pool.</summary>
    public Target[] Targets { get; }

    public Pool[] Pools { get; }

    /// <summary>
    /// All that match, whatever their health, priority, zone and subset.
    /// </summary>
    public Pool Reserve { get; }

    public Target[] Resting { get; }

    public long Changes { get; }

    /// <summary>The timestamp from which one of the resting instances may get its trial.</summary>
    public long TrialDue => Volatile.Read(ref _trialDue);

    /// <summary>
    /// Until this timestamp a pick is two choices among <see cref="States"/>, and nothing else needs to be looked at.
    /// </summary>
    public long SimpleUntil => Volatile.Read(ref _simpleUntil);

    public void ScheduleTrial()
    {
        var due = long.MaxValue;
        foreach (var target in Resting)
        {
            due = Math.Min(due, target.Member.NextTrial);
        }

        Volatile.Write(ref _trialDue, due);
        Volatile.Write(ref _simpleUntil, _isSimple ? Math.Min(due, Changes) : long.MinValue);
    }

    public bool Serves(in EndpointQuery query, LoadBalancer? balancer) =>
        _schemes == query.Schemes
        && ReferenceEquals(_balancer, balancer)
        && (ReferenceEquals(_endpointName, query.EndpointName)
            || string.Equals(_endpointName, query.EndpointName, StringComparison.Ordinal));
}
