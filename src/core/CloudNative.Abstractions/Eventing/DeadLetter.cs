namespace CloudNative.Eventing;

/// <summary>An event that was given up for one group.</summary>
public sealed record DeadLetter
{
    /// <summary>Its number in the store; grows.</summary>
    public required long Id { get; init; }

    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The group that gave it up.</summary>
    public required string Group { get; init; }

    /// <summary>
    /// The event; <see langword="null"/> when what arrived was no valid one, and <see cref="Raw"/> is all there is.
    /// </summary>
    public EventEnvelope? Event { get; init; }

    /// <summary>The bytes as they arrived: the event's data, or a message that could not be read.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>
    /// Who has changed the data, when, and what they were before; <see langword="null"/> when nobody has. <see cref="Event"/> and
    /// <see cref="Raw"/> hold what it was changed to, which is what a replay delivers.
    /// </summary>
    public DeadLetterEdit? Edit { get; init; }

    /// <summary>Its place in the topic's log.</summary>
    public long? Position { get; init; }

    /// <summary>Why it was given up; the last of <see cref="History"/>.</summary>
    public required DeliveryFailure Failure { get; init; }

    /// <summary>
    /// Whether it waits behind an earlier dead letter of its key and was not tried itself; its <see cref="Failure"/> is
    /// <see cref="DeadLetterReason.EarlierDeadLetter"/> then. It follows by itself.
    /// </summary>
    public bool IsWaiting { get; init; }

    /// <summary>How many events of its key wait behind it; 0 when it waits itself.</summary>
    public long Waiting { get; init; }

    /// <summary>The failed attempts in order; at most the first and the last nine.</summary>
    public required IReadOnlyList<DeliveryFailure> History { get; init; }
}
