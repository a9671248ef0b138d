using CloudNative.PostgreSql.Events.Storage;
using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>Several settlements as one call of one function, which checks the token of each share in its own transaction.</summary>
internal sealed class SettleCall
{
    private readonly List<SettleRequest> _requests;
    private readonly List<(long Group, Share Share, ShareProgress Progress)> _shares = [];
    private readonly Dictionary<Share, int> _numbers = [];
    private readonly List<(int Share, DeliveryRow Row)> _puts = [];
    private readonly List<(int Share, long Position)> _removals = [];
    private readonly List<(int Share, long Position, byte[] History)> _letters = [];

    public SettleCall(List<SettleRequest> requests, long now)
    {
        _requests = requests;
        foreach (var request in requests)
        {
            Add(request, now);
        }
    }

    public void Run(PgConnection connection)
    {
        var heads = _shares.ConvertAll(share => share.Progress.Finish());
        using var command = connection.Command(
            $"SELECT {connection.Schema}.settle_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
            Column(_shares, share => share.Group),
            Column(_shares, share => (short)share.Share.Partition),
            Column(_shares, share => share.Share.Token),
            Column(heads, head => head.Head),
            Column(heads, head => head.Open),
            Column(_shares, share => share.Progress.Done),
            Column(_puts, put => put.Share),
            Column(_puts, put => put.Row.Position),
            Column(_puts, put => put.Row.Due),
            Column(_puts, put => put.Row.Attempts),
            Column(_puts, put => put.Row.Holds),
            Column(_puts, put => put.Row.Deaths),
            Column(_puts, put => put.Row.History),
            Column(_removals, removal => removal.Share),
            Column(_removals, removal => removal.Position),
            Column(_letters, letter => letter.Share),
            Column(_letters, letter => letter.Position),
            Column<(int Share, long Position, byte[] History), byte[]?>(_letters, letter => letter.History));
        var held = (int[])command.ExecuteScalar()!;
        Committed(held.ToHashSet());
    }

    private void Add(SettleRequest request, long now)
    {
        request.Prepare(now);
        var entry = request.Entry;
        var number = NumberOf(request.Member, entry.Share);
        var change = request.Change;
        if (change.Put is { } row)
        {
            _puts.Add((number, row));
        }

        if (change.IsRemoved)
        {
            _removals.Add((number, entry.Position));
        }

        if (change.DeadLetter is { } history)
        {
            _letters.Add((number, entry.Position, history));
        }

        if (!entry.IsPassedOver)
        {
            _shares[number - 1].Progress.Pass(entry.Position);
        }

        foreach (var quiet in request.Member.FindBehind())
        {
            NumberOf(request.Member, quiet);
        }
    }

    // Arrays of the server begin with 1.
    private int NumberOf(GroupMember member, Share share)
    {
        if (!_numbers.TryGetValue(share, out var number))
        {
            _shares.Add((member.Group.Id, share, new ShareProgress(share, member.Gate)));
            number = _shares.Count;
            _numbers.Add(share, number);
        }

        return number;
    }

    private void Committed(HashSet<int> held)
    {
        for (var index = 0; index < _shares.Count; index++)
        {
            if (held.Contains(index + 1))
            {
                _shares[index].Progress.Committed();
            }
        }

        foreach (var request in _requests)
        {
            request.Committed(held.Contains(_numbers[request.Entry.Share]));
        }
    }

    private static TValue[] Column<TItem, TValue>(List<TItem> items, Converter<TItem, TValue> value) => [.. items.ConvertAll(value)];
}
