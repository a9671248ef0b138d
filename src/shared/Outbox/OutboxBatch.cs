using CloudNative.Eventing;

namespace CloudNative.Shared.Outbox;

/// <summary>Rows that travel together.</summary>
internal sealed class OutboxBatch
{
    public const int MostEvents = 256;
    private const int MostBytes = 1024 * 1024;

    private readonly List<OutgoingEvent> _events = [];
    private readonly List<long> _movable = [];
    private readonly List<(long Position, string Reason)> _aside = [];
    private long _bytes;

    public IReadOnlyList<OutgoingEvent> Events => _events;

    public IReadOnlyList<(long Position, string Reason)> Aside => _aside;

    /// <summary>All rows of the batch, in no order.</summary>
    public IEnumerable<long> Positions => _movable.Concat(_aside.Select(row => row.Position));

    public bool IsEmpty => _movable.Count + _aside.Count == 0;

    /// <summary>Looked at before another row is read, so that one row of any size fits.</summary>
    public bool IsFull => _movable.Count + _aside.Count >= MostEvents || _bytes >= MostBytes;

    public void Add(long position, OutgoingEvent outgoing)
    {
        _movable.Add(position);
        _events.Add(outgoing);
        _bytes += outgoing.Event.Data.Length;
    }

    public void SetAside(long position, string reason) => _aside.Add((position, reason));

    /// <summary>Takes over what the relay said of events that were handed to it.</summary>
    public void Reject(IReadOnlyList<OutboxRejection> rejections)
    {
        foreach (var rejection in rejections.OrderByDescending(rejection => rejection.Index))
        {
            SetAside(_movable[rejection.Index], rejection.Reason);
            _movable.RemoveAt(rejection.Index);
        }
    }
}
