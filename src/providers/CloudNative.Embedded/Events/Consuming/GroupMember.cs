using System.Diagnostics.CodeAnalysis;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Eventing;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>
/// A subscription's place in its group, from joining to leaving or being put out. It reads and delivers on the reader's thread; what was
/// settled it learns on the writer's.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The record of flights ends with the member, on the way out.")]
internal sealed partial class GroupMember
{
    private const int RenewalsPerDuration = 3;
    private const int RowsAtATime = 256;
    private const int TooFarBehind = 1024;

    private readonly LogSession _session;
    private readonly SubscriptionSpec _spec;
    private readonly IDeliverySink _sink;
    private readonly Action<GroupMember> _ended;
    private readonly FlightRecord _flight;
    private readonly Vigil _vigil;
    private readonly DeliveryOrder _order;
    private readonly Share?[] _shares = new Share?[Partitions.Count];
    private readonly ITimer _renewal;
    private readonly ITimer _due;
    private long _epoch;
    private int _inFlight;
    private int _suspects;
    private bool _isRenewing;
    private bool _isBalancing;
    private bool _isStopped;
    private bool _isGone;

    public GroupMember(
        LogSession session, SubscriptionSpec spec, IDeliverySink sink, Joined joined, FlightRecord flight, Action<GroupMember> ended)
    {
        _session = session;
        _spec = spec;
        _sink = sink;
        _ended = ended;
        _flight = flight;
        Group = joined.Group;
        Id = joined.Id;
        _vigil = new Vigil(session, Id);
        _order = new DeliveryOrder(spec.Ordering == EventOrdering.ByKey);
        _renewal = session.TimeProvider.CreateTimer(_ => Renew(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _due = session.TimeProvider.CreateTimer(
            _ => session.Reader.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Add(joined.Shares);
    }

    public Lock Gate { get; } = new();

    public GroupRow Group { get; }

    /// <summary>Its number in the store.</summary>
    public long Id { get; }

    /// <summary>Whether somebody else's silence is being watched, so that looks by time must go on.</summary>
    public bool IsRestless => _vigil.IsOn;

    /// <summary>Whether later events of its key wait for an entry that is retried.</summary>
    public bool Keeps(Entry entry) => _spec.Ordering == EventOrdering.ByKey && entry.Key is not null;

    /// <summary>Reads and delivers what there is and what there is room for. On the reader's thread.</summary>
    public void Pump(EventConnection connection, bool timed)
    {
        if (_isGone)
        {
            return;
        }

        var epoch = GroupRows.Epoch(connection, Group.Id);
        if (epoch != _epoch || timed)
        {
            Balance(connection, epoch, timed);
        }

        lock (Gate)
        {
            _order.MoveDue(_session.Now);
        }

        do
        {
            Deliver(connection);
        }
        while (!_isStopped && Read(connection));

        lock (Gate)
        {
            if (!_isGone && _order.NextDue is { } next)
            {
                _due.Change(TimeSpan.FromMilliseconds(Math.Clamp(next - _session.Now, 1, int.MaxValue)), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Deliver(EventConnection connection)
    {
        while (TryTake(out var entry))
        {
            var stored = entry.Event ?? EventRows.Find(connection, Group.Topic, entry.Position);

            // Noted in any case: settling gives the credit back for what is noted.
            lock (Gate)
            {
                entry.Event = null;
                entry.Slot = _flight.Enter(entry.Position, entry.Attempts + 1);
            }

            if (stored is null)
            {
                // Removed meanwhile because the log had to make room; there is nothing to deliver.
                _session.Own(SettleAloneAsync(entry, Settlement.Complete()));
            }
            else if (stored.Flaw is { } flaw)
            {
                var now = DateTimeOffset.FromUnixTimeMilliseconds(_session.Now);
                var failure = new DeliveryFailure(DeadLetterReason.Malformed, flaw, now, entry.Attempts + 1);
                _session.Own(SettleAloneAsync(entry, Settlement.DeadLetter(failure)));
            }
            else
            {
                _sink.Deliver(new EmbeddedDelivery(this, entry, stored));
            }
        }
    }

    // One that may kill its process goes alone among its like, so that only it is blamed when that happens again.
    private bool TryTake(out Entry entry)
    {
        lock (Gate)
        {
            if (_isStopped || _session.Trouble.IsWriting || _inFlight >= _spec.MaxInFlight || !_order.TryTake(_suspects == 0, out entry))
            {
                entry = null!;
                return false;
            }

            _suspects += entry.IsSuspect ? 1 : 0;
            _inFlight++;
            entry.Share.Flying.Add(entry);
            if (!_isRenewing)
            {
                _isRenewing = true;
                _renewal.Change(_spec.LeaseDuration / RenewalsPerDuration, Timeout.InfiniteTimeSpan);
            }

            return true;
        }
    }

    // True when there may be more, and room for it.
    private bool Read(EventConnection connection)
    {
        long after;
        int wanted;
        lock (Gate)
        {
            wanted = _spec.MaxInFlight - _inFlight - _order.Ready;
            var shares = _shares.Where(share => share is { IsGone: false, IsLeaving: false }).ToList();
            if (_isGone || wanted <= 0 || !_order.HasRoom || shares.Count == 0)
            {
                return false;
            }

            after = shares.Min(share => share!.Read);
        }

        var found = new List<StoredEvent>();
        var limit = Math.Clamp(wanted * 2, 16, RowsAtATime);
        var (last, rows) = EventRows.Scan(
            connection,
            Group.Topic,
            after,
            limit,
            (partition, position) => _shares[partition] is { IsGone: false, IsLeaving: false } share && position > share.Read,
            found.Add);
        if (rows > 0)
        {
            Take(found, last);
        }

        return rows == limit || found.Count > 0;
    }

    /// <summary>Takes what was read. Between the two a share may have been lost.</summary>
    public void Take(List<StoredEvent> found, long last)
    {
        var early = new List<Entry>();
        lock (Gate)
        {
            foreach (var stored in found)
            {
                if (_shares[stored.Partition] is not { } share)
                {
                    continue; // Lost since the log was read: a settlement has found another owner.
                }

                var entry = Entry.Of(share, stored);
                share.Open.Add(stored.Position);
                share.Known.Add(stored.Position);
                if (stored.Due > _session.Now)
                {
                    early.Add(entry);
                }
                else
                {
                    _order.Add(entry);
                }
            }

            foreach (var share in _shares)
            {
                if (share is { IsLeaving: false } && share.Read < last)
                {
                    share.Read = last;
                }
            }
        }

        early.ForEach(entry => _session.Own(SettleAloneAsync(entry, null)));
    }
}
