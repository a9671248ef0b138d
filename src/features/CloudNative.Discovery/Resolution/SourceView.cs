namespace CloudNative.Discovery.Resolution;

/// <summary>
/// What one source says of one service, and what is believed of it: the last known good answer outlives an outage, and
/// a list that is suddenly empty is doubted for a while. Not thread-safe; its watch holds the lock.
/// </summary>
internal sealed class SourceView
{
    private EndpointUpdate? _doubted;

    /// <summary>What is believed; <see langword="null"/> before the first word of the source.</summary>
    public EndpointUpdateKind? Kind { get; private set; }

    /// <summary>The instances in force.</summary>
    public IReadOnlyList<ServiceInstance> Instances { get; private set; } = [];

    /// <summary>Why the source cannot answer or is not believed, or why it lists no instance.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether the source cannot answer or is not believed.</summary>
    public bool IsTroubled { get; private set; }

    /// <summary>Whether the source says that all instances are gone, and is not believed yet.</summary>
    public bool IsDoubted => _doubted is not null;

    /// <summary>Takes an update.</summary>
    /// <returns>Whether doubt began, which is to end after the grace period.</returns>
    public bool Apply(EndpointUpdate update, bool doubtEmpty)
    {
        if (update.Kind == EndpointUpdateKind.Unavailable)
        {
            Kind = Instances.Count > 0 ? EndpointUpdateKind.Answer : EndpointUpdateKind.Unavailable;
            Reason = update.Reason;
            IsTroubled = true;
            _doubted = null;
            return false;
        }

        if (doubtEmpty && !update.IsConfirmed && update.Instances.Count == 0 && Instances.Count > 0)
        {
            var begins = !IsDoubted;
            _doubted = update;
            Reason = "the source suddenly lists no instance";
            IsTroubled = true;
            return begins;
        }

        Believe(update);
        return false;
    }

    /// <summary>The grace period is over: the source has not changed its mind.</summary>
    public void EndDoubt()
    {
        if (_doubted is { } update)
        {
            Believe(update);
        }
    }

    /// <summary>An instance that is said to be gone refused a connection: it is gone.</summary>
    public void Drop(string id)
    {
        if (_doubted is null)
        {
            return;
        }

        Instances = [.. Instances.Where(instance => instance.Id != id)];
        if (Instances.Count == 0)
        {
            EndDoubt();
        }
    }

    private void Believe(EndpointUpdate update)
    {
        Kind = update.Kind;
        Instances = update.Instances;
        Reason = update.Reason;
        IsTroubled = false;
        _doubted = null;
    }
}
