using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

// What becomes of what was delivered.
internal sealed partial class GroupMember
{
    /// <summary>Settles a delivery; keeps trying for as long as the lease lasts when the store fails.</summary>
    public async Task<bool> SettleAsync(Entry entry, Settlement settlement)
    {
        if (settlement.Kind == SettlementKind.Release)
        {
            return Release(entry);
        }

        var started = _session.TimeProvider.GetTimestamp();
        while (true)
        {
            if (entry.Share.IsGone)
            {
                Drop(entry);
                return false;
            }

            try
            {
                return await WriteAsync(entry, settlement).ConfigureAwait(false);
            }
            catch (LogFailure exception)
            {
                _session.WriteFailed(exception);
                if (_session.TimeProvider.GetElapsedTime(started) >= _spec.LeaseDuration)
                {
                    Release(entry);
                    throw new EventTransportException(exception.Message, exception);
                }
            }

            await Task.Delay(_spec.LeaseDuration / (4 * RenewalsPerDuration), _session.TimeProvider).ConfigureAwait(false);
        }
    }

    /// <summary>Learns that a settlement was committed. On the writer's thread.</summary>
    public void Settled(Entry entry, SettlementKind? kind, bool holds, long due, byte[]? history)
    {
        lock (Gate)
        {
            if (kind is not null)
            {
                Land(entry);
            }

            if (!holds)
            {
                Lose(entry.Share);
                _epoch = 0;
            }
            else if (kind is null or SettlementKind.Retry)
            {
                entry.IsPassedOver = true;
                entry.Due = due;
                if (kind is null)
                {
                    _order.Defer(entry);
                }
                else
                {
                    entry.Attempts++;
                    entry.History = history;
                    _order.Retry(entry);
                }
            }
            else
            {
                entry.Share.Known.Remove(entry.Position);
                _order.Finish(entry);
                _epoch = kind == SettlementKind.DeadLetter ? 0 : _epoch; // It may have been replayed already.
            }
        }

        _session.Wake();
    }

    /// <summary>
    /// Quiet shares whose heads lie far behind; they move along with the next settlement, so that they do not hold back
    /// what is removed for being old.
    /// </summary>
    public IEnumerable<Share> FindBehind()
    {
        foreach (var share in _shares)
        {
            bool isBehind;
            lock (Gate)
            {
                isBehind = share is { IsGone: false, Open.Count: 0 } && share.Read - share.Head > TooFarBehind;
            }

            if (isBehind)
            {
                yield return share!;
            }
        }
    }

    // Nobody else would try it again, so this goes on until it is written or the share is gone.
    private async Task SettleAloneAsync(Entry entry, Settlement? settlement)
    {
        while (!entry.Share.IsGone)
        {
            try
            {
                await WriteAsync(entry, settlement).ConfigureAwait(false);
                return;
            }
            catch (LogFailure exception)
            {
                _session.WriteFailed(exception);
            }

            await Task.Delay(_spec.LeaseDuration / (4 * RenewalsPerDuration), _session.TimeProvider, entry.Share.Lost)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool Release(Entry entry)
    {
        bool holds;
        lock (Gate)
        {
            holds = !entry.Share.IsGone;
            Land(entry, erase: true);
            if (holds)
            {
                _order.Return(entry);
            }
        }

        _session.Wake();
        return holds;
    }

    private void Drop(Entry entry)
    {
        lock (Gate)
        {
            Land(entry, erase: true);
        }

        _session.Wake();
    }

    private void Land(Entry entry, bool erase = false)
    {
        if (entry.Slot < 0)
        {
            return;
        }

        if (entry.Slot == NotNoted)
        {
            // Nothing to take back.
        }
        else if (erase)
        {
            _flight.Erase(entry.Slot);
        }
        else
        {
            _flight.Leave(entry.Slot);
        }

        entry.Slot = -1;
        _inFlight--;
        entry.Share.Flying.Remove(entry);
        if (entry.IsSuspect)
        {
            _suspects--;
            _order.ReturnSuspects();
        }
    }
}
