namespace CloudNative.Shared.EventLog;

/// <summary>
/// Watches the other members of a group. One that has work and shows no beat for as long as its lease lasts, by the clock of whoever
/// looks, is put out; so is one whose process has ended, should nobody have told.
/// </summary>
internal sealed class Vigil(ILogSession session, long self)
{
    private static readonly TimeSpan _askTheLock = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, (long Beat, long Since)> _seen = [];

    /// <summary>Whether there is work about, so that looks have to go on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Returns those to put out.</summary>
    public List<SubscriberRow> Look(
        ILogTables tables, GroupRow group, List<SubscriberRow> members, List<ShareRow> shares)
    {
        IsOn = Backlog.Waiting(tables, group, shares) > 0;
        if (!IsOn)
        {
            _seen.Clear();
            return [];
        }

        foreach (var gone in _seen.Keys.Except(members.Select(member => member.Id)).ToList())
        {
            _seen.Remove(gone);
        }

        var silent = new List<SubscriberRow>();
        foreach (var member in members.Where(member => member.Id != self))
        {
            var owned = shares.Where(share => share.Owner == member.Id).ToList();
            if (!_seen.TryGetValue(member.Id, out var seen) || seen.Beat != member.Beat || !HasWork(tables, group, owned))
            {
                _seen[member.Id] = (member.Beat, session.TimeProvider.GetTimestamp());
                continue;
            }

            var silence = session.TimeProvider.GetElapsedTime(seen.Since);
            if (silence.TotalMilliseconds >= member.Duration || (silence >= _askTheLock && session.IsGone(member.Member)))
            {
                silent.Add(member);
            }
        }

        return silent;
    }

    private bool HasWork(ILogTables tables, GroupRow group, List<ShareRow> owned)
    {
        if (owned.Count == 0)
        {
            return false;
        }

        return owned.Exists(share => share.Open.Count > 0)
            || tables.IsOverdue(group.Id, owned.Select(share => share.Partition).ToHashSet(), session.Now)
            || tables.FirstBeyond(group.Topic, owned.ToDictionary(share => share.Partition, share => share.Head))
                is not null;
    }
}
