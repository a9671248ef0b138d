namespace CloudNative.Eventing;

/// <summary>What a publisher says beyond the data itself. All of it is optional.</summary>
public sealed record PublishOptions
{
    /// <summary>The topic. Default: the one of the event's type.</summary>
    public string? Topic { get; init; }

    /// <summary>
    /// Unique among the events of this service. Publishing the same id again, also after a crash, stores nothing new while the transport
    /// remembers it. Default: a new UUID, version 7.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Events of one key are handled in order by groups that ask for it. Default: none.</summary>
    public string? Key { get; init; }

    /// <summary>What the event is about.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened. Default: now.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>
    /// How long nobody gets to see it, counted from the moment it is stored. Needs <see cref="TransportCapabilities.Delayed"/>. Default: no
    /// time.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Further extensions; see <see cref="EventEnvelope.Extensions"/>.</summary>
    public IReadOnlyDictionary<string, object>? Extensions { get; init; }
}
