namespace CloudNative.Discovery.Balancing;

/// <summary>
/// What may be picked for one query, prepared so that a pick only indexes. Replaced as a whole when something changes; the only thing
/// in it that moves is when the next trial of an ejected instance is due.
/// </summary>
internal sealed class Selection
{
    private readonly EndpointSchemes _schemes;
    private readonly string? _endpointName;
    private long _trialDue;

    public Selection(EndpointQuery query, Target[] targets, Target[] reserve, Target[] resting)
    {
        _schemes = query.Schemes;
        _endpointName = query.EndpointName;
        Targets = targets;
        States = Array.ConvertAll(targets, target => target.Member.State);
        Reserve = reserve;
        Resting = resting;
        ScheduleTrial();
    }

    public EndpointQuery Query => new(_schemes, _endpointName);

    /// <summary>The instances in use, in the order of <see cref="Targets"/>.</summary>
    public EndpointState[] States { get; }

    public Target[] Targets { get; }

    /// <summary>
    /// All that match, whatever their health and priority, for a call that has tried every one in use.
    /// </summary>
    public Target[] Reserve { get; }

    /// <summary>The instances that are ejected and not in use.</summary>
    public Target[] Resting { get; }

    /// <summary>The timestamp from which one of the resting instances may get its trial.</summary>
    public long TrialDue => Volatile.Read(ref _trialDue);

    public void ScheduleTrial()
    {
        var due = long.MaxValue;
        foreach (var target in Resting)
        {
            due = Math.Min(due, target.Member.NextTrial);
        }

        Volatile.Write(ref _trialDue, due);
    }

    public bool Serves(in EndpointQuery query) =>
        _schemes == query.Schemes
        && (ReferenceEquals(_endpointName, query.EndpointName)
            || string.Equals(_endpointName, query.EndpointName, StringComparison.Ordinal));
}
