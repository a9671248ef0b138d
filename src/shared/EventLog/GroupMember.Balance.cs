namespace CloudNative.Shared.EventLog;

// Who handles which partition.
internal sealed partial class GroupMember
{
    /// <summary>Takes no further events. What is in flight can be settled; then its partition goes to others.</summary>
    public async Task StopAsync()
    {
        lock (Gate)
        {
            _isStopped = true;
        }

        await _session.WriteAsync((tables, scope) => GroupMembership.Retire(tables, scope, Group, Id)).ConfigureAwait(false);
        await _session.ReadAsync(_ => 0).ConfigureAwait(false); // What was being delivered has been.
    }

    /// <summary>Leaves the group in good order.</summary>
    public async Task LeaveAsync()
    {
        var isGone = End();
        if (!isGone)
        {
            await _session.WriteAsync(
                (tables, scope) => GroupMembership.Leave(tables, scope, Group, Id, _spec.Broadcast)).ConfigureAwait(false);
            _flight.Dispose();
        }
    }

    /// <summary>
    /// Ends without touching the store: it was put out, or the store was taken away. True when it had ended before.
    /// </summary>
    public bool End()
    {
        lock (Gate)
        {
            if (_isGone)
            {
                return true;
            }

            (_isGone, _isStopped) = (true, true);
            _renewal.Dispose();
            _due.Dispose();
            foreach (var share in _shares)
            {
                share?.Lose();
            }

            return false;
        }
    }

    // On the reader's thread.
    private void Balance(ILogTables tables, long? epoch, bool timed)
    {
        var members = tables.Members(Group.Id);
        if (epoch is null || members.TrueForAll(member => member.Id != Id))
        {
            PutOut();
            return;
        }

        var rows = tables.Shares(Group.Id);
        _epoch = epoch.Value;
        if (timed && members.Count > 1)
        {
            foreach (var silent in _vigil.Look(tables, Group, members, rows))
            {
                _session.Evict(Group, silent, hasDied: _session.IsGone(silent.Member));
            }
        }

        Share[] releasable;
        bool hasFree;
        lock (Gate)
        {
            Compare(rows);
            var owned = _shares.Where(share => share is { IsGone: false, IsLeaving: false }).ToList();
            var quota = GroupMembership.Quota(members, Id);
            foreach (var share in owned.OrderBy(share => share!.Flying.Count).Take(Math.Max(owned.Count - quota, 0)))
            {
                share!.IsLeaving = true;
            }

            releasable = [.. _shares.OfType<Share>().Where(share => share is { IsGone: false, IsLeaving: true, Flying.Count: 0 })];
            hasFree = owned.Count < quota && rows.Exists(row => row.Owner is null);
        }

        AddReplayed(tables);

        if (!_isBalancing && (releasable.Length > 0 || hasFree))
        {
            _isBalancing = true;
            _session.Own(ChangeAsync(releasable, hasFree));
        }
    }

    private async Task ChangeAsync(Share[] releasable, bool takes)
    {
        try
        {
            if (releasable.Length > 0)
            {
                await _session.WriteAsync((tables, scope) => GroupMembership.Release(tables, scope, Group, releasable))
                    .ConfigureAwait(false);
            }

            IReadOnlyList<TakenShare> taken = takes
                ? await _session.WriteAsync((tables, _) => GroupMembership.TakeFree(tables, Group, Id)).ConfigureAwait(false)
                : [];
            await _session.ReadAsync(_ => Apply(releasable, taken)).ConfigureAwait(false);
        }
        catch (LogFailure exception)
        {
            await _session.ReadAsync(_ => _isBalancing = false).ConfigureAwait(false);
            _session.WriteFailed(exception);
        }
    }

    private int Apply(Share[] released, IReadOnlyList<TakenShare> taken)
    {
        lock (Gate)
        {
            Array.ForEach(released, Lose);
            Add(taken);
            _isBalancing = false;
            _epoch = 0;
        }

        _session.Wake();
        return 0;
    }

    private void Compare(List<ShareRow> rows)
    {
        foreach (var row in rows)
        {
            if (!_isBalancing && _shares[row.Partition] is { IsGone: false } share && (row.Owner != Id || row.Token != share.Token))
            {
                Lose(share);
            }
        }

    }

    // Dead letters that were sent back by somebody come as rows that nobody here put there.
    private void AddReplayed(ILogTables tables)
    {
        Dictionary<int, (Share Share, HashSet<long> Known)> before;
        lock (Gate)
        {
            before = _shares.OfType<Share>().ToDictionary(share => share.Partition, share => (share, share.Known.ToHashSet()));
        }

        var rows = tables.FreshDeliveries(Group.Id, _session.Now)
            .Where(row => before.TryGetValue(row.Partition, out var share) && !share.Known.Contains(row.Position))
            .ToList();
        var events = rows.Count == 0 ? [] : tables.FindEvents(Group.Topic, [.. rows.Select(row => row.Position)]);
        lock (Gate)
        {
            foreach (var row in rows)
            {
                var share = before[row.Partition].Share;
                if (!share.IsGone && !share.Known.Contains(row.Position) && events.TryGetValue(row.Position, out var stored))
                {
                    AddLater(share, row, stored);
                }
            }
        }
    }

    private void Add(IReadOnlyList<TakenShare> taken)
    {
        foreach (var one in taken)
        {
            var share = new Share(one.Row.Partition, one.Row.Token, one.Row.Head, one.Row.Done);
            _shares[share.Partition] = share;
            foreach (var key in one.Held)
            {
                _order.Hold(key, share);
            }

            foreach (var (row, stored) in one.Later)
            {
                AddLater(share, row, stored);
            }

            foreach (var stored in one.Open)
            {
                share.Open.Add(stored.Position);
                share.Known.Add(stored.Position);
                _order.Add(Entry.Of(share, stored));
            }
        }
    }

    private void AddLater(Share share, DeliveryRow row, StoredEvent stored)
    {
        share.Known.Add(row.Position);
        var entry = Entry.Of(share, row, stored);
        if (row.Holds && (IsSequenced || row.Attempts > 0))
        {
            _order.AddHolding(entry);
        }
        else
        {
            _order.Defer(entry);
        }
    }

    private void Lose(Share share)
    {
        share.Lose();
        _order.Forget(share);
        foreach (var entry in share.Flying.ToArray())
        {
            Land(entry, erase: true); // Its handler may go on for a while; that is not this group's any more.
        }

        if (ReferenceEquals(_shares[share.Partition], share))
        {
            _shares[share.Partition] = null;
        }
    }

    private void PutOut()
    {
        if (!End())
        {
            _flight.Dispose();
            _ended(this);
        }
    }

    private void Renew()
    {
        lock (Gate)
        {
            if (_isGone)
            {
                return;
            }

            _isRenewing = _inFlight > 0;
            if (!_isRenewing)
            {
                return;
            }

            _renewal.Change(_spec.LeaseDuration / RenewalsPerDuration, Timeout.InfiniteTimeSpan);
        }

        Beat();
    }

    /// <summary>Shows that this member works; in trouble, whether the store can be written again.</summary>
    public void Beat() => _session.Own(BeatAsync());

    private async Task BeatAsync()
    {
        try
        {
            if (!await _session.BeatAsync(Id).ConfigureAwait(false))
            {
                _session.Wake();
            }
        }
        catch (LogFailure exception)
        {
            _session.WriteFailed(exception);
        }
    }
}
