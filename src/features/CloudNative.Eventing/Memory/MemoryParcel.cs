namespace CloudNative.Eventing.Memory;

/// <summary>
/// An event on its way to a group beside the log: for another attempt, delayed, or behind an event of its key.
/// </summary>
internal sealed class MemoryParcel(EventEnvelope @event, long position, long stored)
{
    private const int LongestHistory = 10;
    private const int LongestDetail = 2_000;

    private List<DeliveryFailure>? _history;

    public EventEnvelope Event { get; } = @event;

    public long Position { get; } = position;

    public long Stored { get; } = stored;

    /// <summary>The attempt that comes next.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>When it is due, as a timestamp of the clock.</summary>
    public long Due { get; init; }

    /// <summary>What a person has changed of it while it was a dead letter.</summary>
    public DeadLetterEdit? Edit { get; init; }

    /// <summary>Whether others of its key wait for it.</summary>
    public bool HoldsKey { get; set; }

    public IReadOnlyList<DeliveryFailure> History => _history ?? [];

    /// <summary>Keeps the first failure and the last nine.</summary>
    public void AddFailure(DeliveryFailure failure)
    {
        _history ??= [];
        if (_history.Count == LongestHistory)
        {
            _history.RemoveAt(1);
        }

        _history.Add(failure.Detail.Length > LongestDetail ? failure with { Detail = failure.Detail[..LongestDetail] } : failure);
    }

    /// <summary>The same event, due at a time.</summary>
    public MemoryParcel DueAt(long due) =>
        new(Event, Position, Stored) { Attempt = Attempt, Due = due, HoldsKey = HoldsKey, Edit = Edit, _history = _history };
}
