namespace CloudNative.Shared.EventLog;

/// <summary>An event that a member has before it, from reading to settling. Guarded by the member's gate.</summary>
internal sealed class Entry(Share share, long position, string? key)
{
    public Share Share { get; } = share;

    public long Position { get; } = position;

    public string? Key { get; } = key;

    /// <summary>The event; null while it waits for others, and read again when its turn comes.</summary>
    public StoredEvent? Event { get; set; }

    /// <summary>How many attempts have failed.</summary>
    public int Attempts { get; set; }

    /// <summary>It has a row of its own, and the share's head does not wait for it.</summary>
    public bool IsPassedOver { get; set; }

    /// <summary>How many processes died while they handled it.</summary>
    public int Deaths { get; init; }

    /// <summary>
    /// Whether it goes alone among its like. A single death says little, everything in flight then had it; two say more.
    /// </summary>
    public bool IsSuspect => Deaths > 1;

    /// <summary>Whether its data were changed while it was a dead letter.</summary>
    public bool IsEdited { get; init; }

    /// <summary>When it may be delivered, in Unix milliseconds.</summary>
    public long Due { get; set; }

    public byte[]? History { get; set; }

    /// <summary>Where it stands in the record of what is in flight.</summary>
    public int Slot { get; set; } = -1;

    public static Entry Of(Share share, StoredEvent stored) =>
        new(share, stored.Position, stored.Envelope.Key) { Event = stored, Due = stored.Due };

    public static Entry Of(Share share, DeliveryRow row, StoredEvent stored) =>
        new(share, row.Position, stored.Envelope.Key)
        {
            Attempts = row.Attempts,
            IsPassedOver = true,
            Deaths = row.Deaths,
            IsEdited = row.IsEdited,
            Due = row.Due,
            History = row.History,
        };
}
