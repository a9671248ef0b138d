using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

// Events that wait in the store behind a dead letter of their key.
internal sealed partial class GroupMember
{
    private List<Entry> _goingAside = [];

    /// <summary>Whether what follows a dead letter of its key waits.</summary>
    public bool IsSequenced { get; }

    /// <summary>Learns that events were put aside, or need not be. On the writer's thread.</summary>
    public void PutAside(IReadOnlyList<Entry> entries, Func<Entry, bool> holds, IReadOnlySet<string> held)
    {
        lock (Gate)
        {
            _goingAside = [];
            foreach (var entry in entries)
            {
                if (!holds(entry))
                {
                    Lose(entry.Share);
                }
                else if (held.Contains(entry.Key!))
                {
                    entry.Share.Known.Remove(entry.Position);
                }
            }

            var free = entries.Where(entry => !entry.Share.IsGone && !held.Contains(entry.Key!));
            foreach (var key in free.ToLookup(entry => entry.Key!))
            {
                _order.Free(key.Key, key);
            }

            _epoch = 0; // What was put aside may have been sent back already.
        }

        _session.Wake();
    }

    /// <summary>
    /// Learns that the end of an event was committed, and whether others of its key wait in the store.
    /// </summary>
    public void SettledKey(Entry entry, SettlementKind kind, bool holds, bool isHeld)
    {
        lock (Gate)
        {
            if (holds && isHeld && kind == SettlementKind.DeadLetter && IsSequenced)
            {
                _order.Hold(entry.Key!, entry.Share);
            }

            Settled(entry, kind, holds, 0, null);
            if (holds && isHeld)
            {
                _epoch = 0; // The next was sent back.
            }
            else if (holds && entry.Key is { } key && _order.IsHeld(key) && !_goingAside.Any(other => other.Key == entry.Key))
            {
                _order.Free(key, []);
            }
        }
    }

    private async Task<bool> WriteAsync(Entry entry, Settlement? settlement)
    {
        if (settlement is not { Kind: SettlementKind.Complete or SettlementKind.DeadLetter } end
            || !IsInSequence(entry, end.Kind))
        {
            return await _session.SettleAsync(this, entry, settlement).ConfigureAwait(false);
        }

        var change = new KeySettlement(this, entry, end);
        await _session.ChangeAsync(this, change).ConfigureAwait(false);
        return change.Counts;
    }

    private bool IsInSequence(Entry entry, SettlementKind kind)
    {
        if (entry.IsEdited)
        {
            return true;
        }

        if (entry.Key is null)
        {
            return false;
        }

        if (kind == SettlementKind.DeadLetter && IsSequenced)
        {
            return true;
        }

        if (!_order.HasHeld)
        {
            return false;
        }

        lock (Gate)
        {
            return _order.IsHeld(entry.Key);
        }
    }

    // On the reader's thread. A batch at a time, so that they keep their order.
    private void PutAside()
    {
        lock (Gate)
        {
            if (_goingAside.Count > 0 || _isGone)
            {
                return;
            }

            _goingAside = _order.TakeAside(RowsAtATime);
            if (_goingAside.Count == 0)
            {
                return;
            }
        }

        _session.Own(PutAsideAsync(new PuttingAside(this, _goingAside)));
    }

    private async Task PutAsideAsync(PuttingAside change)
    {
        while (!_isGone)
        {
            try
            {
                await _session.ChangeAsync(this, change).ConfigureAwait(false);
                return;
            }
            catch (LogFailure exception)
            {
                _session.WriteFailed(exception);
            }

            await Task.Delay(_spec.LeaseDuration / (4 * RenewalsPerDuration), _session.TimeProvider)
                .ConfigureAwait(false);
        }
    }
}
