using CloudNative.PostgreSql.Events.Storage;
using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>A change of a member's shares in one transaction, for those that are still its own.</summary>
internal sealed class ChangeCall(GroupMember member, ShareChange change)
{
    private readonly Dictionary<Share, ShareProgress> _shares = [];

    public int Run(PgTables tables, WriteScope scope)
    {
        foreach (var share in change.Entries.Select(entry => entry.Share).Distinct())
        {
            if (tables.Holds(member.Group.Id, share.Partition, share.Token))
            {
                _shares.Add(share, new ShareProgress(share, member.Gate));
            }
        }

        foreach (var entry in change.Run(tables, scope, [.. change.Entries.Where(Holds)]))
        {
            if (!entry.IsPassedOver)
            {
                _shares[entry.Share].Pass(entry.Position);
            }
        }

        foreach (var (share, progress) in _shares)
        {
            var (head, open) = progress.Finish();
            tables.SetShare(member.Group.Id, share.Partition, head, open, progress.Done);
        }

        return _shares.Count;
    }

    public void Committed()
    {
        foreach (var progress in _shares.Values)
        {
            progress.Committed();
        }

        change.Committed(Holds);
    }

    private bool Holds(Entry entry) => _shares.ContainsKey(entry.Share);
}
