namespace CloudNative.Eventing;

/// <summary>What a person has changed of a dead letter.</summary>
public sealed record DeadLetterEdit
{
    /// <summary>The data before the first edit, as they were published.</summary>
    public required ReadOnlyMemory<byte> Original { get; init; }

    /// <summary>Who edited it last.</summary>
    public required string By { get; init; }

    /// <summary>When it was edited last.</summary>
    public required DateTimeOffset At { get; init; }
}
