using System.Diagnostics.CodeAnalysis;
using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// A subscription's place in its group, from joining to leaving or being put out. It reads and delivers on the reader's
/// thread; what was settled it learns on the writer's.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The record of flights ends with the member, on the way out.")]
internal sealed partial class GroupMember
{
    private const int RenewalsPerDuration = 3;
    private const int RowsAtATime = 256;
    private const int TooFarBehind = 1024;
    private const int NotNoted = int.MaxValue;

    private readonly ILogSession _session;
    private readonly SubscriptionSpec _spec;
    private readonly IDeliverySink _sink;
    private readonly Action<GroupMember> _ended;
    private readonly IFlightRecord _flight;
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
        ILogSession session, SubscriptionSpec spec, IDeliverySink sink, Joined joined, IFlightRecord flight, Action<GroupMember> ended)
    {
        _session = session;
        _spec = spec;
        _sink = sink;
        _ended = ended;
        _flight = flight;
        Group = joined.Group;
        Id = joined.Id;
        _vigil = new Vigil(session, Id);
        IsSequenced = spec is { Ordering: EventOrdering.ByKey, DeadLetterOrdering: DeadLetterOrdering.Sequenced };
        _order = new DeliveryOrder(spec.Ordering == EventOrdering.ByKey, IsSequenced);
        _renewal = session.TimeProvider.CreateTimer(_ => Renew(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _due = session.TimeProvider.CreateTimer(
            _ => session.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
    public void Pump(ILogTables tables, bool timed)
    {
        if (_isGone)
        {
            return;
        }

        var epoch = tables.Epoch(Group.Id);
        if (epoch != _epoch || timed)
        {
            Balance(tables, epoch, timed);
        }

        lock (Gate)
        {
            _order.MoveDue(_session.Now);
        }

        do
        {
            Deliver(tables);
        }
        while (!_isStopped && Read(tables));

        if (_order.HasHeld)
        {
            PutAside();
        }

        lock (Gate)
        {
            if (!_isGone && _order.NextDue is { } next)
            {
                _due.Change(TimeSpan.FromMilliseconds(Math.Clamp(next - _session.Now, 1, int.MaxValue)), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Deliver(ILogTables tables)
    {
        var taken = new List<(Entry Entry, StoredEvent? Event)>();
        try
        {
            while (TryTake(out var entry))
            {
                taken.Add((entry, entry.Event));
            }

            if (taken.Count == 0)
            {
                return;
            }

            Fetch(tables, taken);

            // Noted in any case, and before anybody gets one: settling gives the credit back for what is noted.
            lock (Gate)
            {
                foreach (var (entry, _) in taken)
                {
                    entry.Event = null;
                    entry.Slot = _flight.Enter(entry.Position, entry.Attempts + 1);
                }
            }

            _flight.Write(tables);
        }
        catch
        {
            TakeBack(taken);
            throw;
        }

        taken.ForEach(pair => Deliver(pair.Entry, pair.Event));
    }

    private void Deliver(Entry entry, StoredEvent? stored)
    {
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
            _sink.Deliver(new LogDelivery(this, entry, stored));
        }
    }

    // What waited for others was let go, and is read again.
    private void Fetch(ILogTables tables, List<(Entry Entry, StoredEvent? Event)> taken)
    {
        List<long> missing = [.. taken.Where(pair => pair.Event is null).Select(pair => pair.Entry.Position)];
        if (missing.Count == 0)
        {
            return;
        }

        var found = tables.FindEvents(Group.Topic, missing);
        Edit(tables, taken, found);
        for (var index = 0; index < taken.Count; index++)
        {
            if (taken[index].Event is null)
            {
                taken[index] = (taken[index].Entry, found.GetValueOrDefault(taken[index].Entry.Position));
            }
        }
    }

    // What a person has changed while it was a dead letter is this group's alone, so it is not in the log.
    private void Edit(
        ILogTables tables, List<(Entry Entry, StoredEvent? Event)> taken, Dictionary<long, StoredEvent> found)
    {
        List<long> edited = [.. taken.Where(pair => pair.Entry.IsEdited).Select(pair => pair.Entry.Position)];
        if (edited.Count == 0)
        {
            return;
        }

        foreach (var (position, data) in tables.FindEdits(Group.Id, edited))
        {
            if (found.TryGetValue(position, out var stored))
            {
                found[position] = stored with { Envelope = stored.Envelope.WithData(data) };
            }
        }
    }

    // Nobody got it: the store could not be read, or the attempts not noted.
    private void TakeBack(List<(Entry Entry, StoredEvent? Event)> taken)
    {
        lock (Gate)
        {
            foreach (var (entry, stored) in taken)
            {
                entry.Slot = entry.Slot < 0 ? NotNoted : entry.Slot;
                Land(entry, erase: true);
                entry.Event = stored;
                if (!entry.Share.IsGone)
                {
                    _order.Return(entry);
                }
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
    private bool Read(ILogTables tables)
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
        var (last, rows) = tables.Scan(
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
