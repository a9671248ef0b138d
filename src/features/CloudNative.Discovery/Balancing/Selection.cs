namespace CloudNative.Discovery.Balancing;

/// <summary>
/// What may be picked for one query and balancer, prepared so that a pick only indexes. Replaced as a whole when something changes; the
/// only thing in it that moves is when the next trial of an ejected instance is due.
/// </summary>
internal sealed class Selection
{
    private readonly EndpointSchemes _schemes;
    private readonly string? _endpointName;
    private readonly LoadBalancer? _balancer;
    private long _simpleUntil;

    public Selection(EndpointQuery query, LoadBalancer? balancer, Pool pool, Pool reserve, Target[] resting)
    {
        _schemes = query.Schemes;
        _endpointName = query.EndpointName;
        _balancer = balancer;
        Pool = pool;
        States = pool.States;
        Targets = pool.Targets;
        Reserve = reserve;
        Resting = resting;
        ScheduleTrial();
    }

    public EndpointQuery Query => new(_schemes, _endpointName);

    public LoadBalancer? Balancer => _balancer;

    /// <summary>The statistics of the instances in use, in the order of <see cref="Targets"/>.</summary>
    public EndpointState[] States { get; }

    /// <summary>The instances in use.</summary>
    public Target[] Targets { get; }

    /// <summary>The instances in use.</summary>
    public Pool Pool { get; }

    /// <summary>
    /// All that match, whatever their health and priority, for a call that has tried every one in use.
    /// </summary>
    public Pool Reserve { get; }

    /// <summary>The instances that are ejected and not in use.</summary>
    public Target[] Resting { get; }

    /// <summary>The timestamp from which one of the resting instances may get its trial.</summary>
    public long TrialDue { get; private set; }

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

        TrialDue = due;
        Volatile.Write(ref _simpleUntil, Pool.Prepared is null ? due : long.MinValue);
    }

    public bool Serves(in EndpointQuery query, LoadBalancer? balancer) =>
        _schemes == query.Schemes
        && ReferenceEquals(_balancer, balancer)
        && (ReferenceEquals(_endpointName, query.EndpointName)
            || string.Equals(_endpointName, query.EndpointName, StringComparison.Ordinal));
}
