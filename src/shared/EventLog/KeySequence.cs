namespace CloudNative.Shared.EventLog;

/// <summary>
/// The order of a key across its dead letters; each step in a transaction. The key is held from the first dead letter
/// on: what follows is put aside behind it. One letter of the key is sent back at a time, the first; when it is done
/// the next follows.
/// </summary>
internal static class KeySequence
{
    /// <summary>An event was given up. Returns whether its key is held now.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="scope">The transaction.</param>
    /// <param name="group">The group.</param>
    /// <param name="stays">Whether what follows waits.</param>
    /// <param name="key">The key.</param>
    /// <param name="partition">Its partition.</param>
    /// <param name="position">The event.</param>
    public static bool GivenUp(
        ILogTables tables, ILogScope scope, GroupRow group, bool stays, string key, int partition, long position)
    {
        if (!stays)
        {
            return Done(tables, scope, group, key, position);
        }

        var released = tables.FindHeldKey(group.Id, key)?.Released;
        tables.PutHeldKey(group.Id, new HeldKey(key, partition, released == position ? null : released));
        return true;
    }

    /// <summary>
    /// An event is done; if it was sent back, the next of its key follows. Returns whether the key is held still.
    /// </summary>
    public static bool Done(ILogTables tables, ILogScope scope, GroupRow group, string key, long position)
    {
        var held = tables.FindHeldKey(group.Id, key);
        return held is not null && (held.Released != position || Next(tables, scope, group, held));
    }

    /// <summary>Sends letters back, but those that would overtake another of their key. Returns how many.</summary>
    public static int Replay(ILogTables tables, ILogScope scope, IReadOnlyList<long> ids) =>
        ids.Count(id => tables.FindLetter(id) is { } letter && tables.FindGroup(letter.Group) is { } group
            && Replay(tables, scope, group, letter));

    /// <summary>Removes letters; what waited behind them follows. Returns how many.</summary>
    public static int Discard(ILogTables tables, ILogScope scope, IReadOnlyList<long> ids)
    {
        var count = 0;
        var keys = new HashSet<(long Group, string Key)>();
        foreach (var id in ids)
        {
            if (tables.FindLetter(id) is { } letter && tables.RemoveLetter(id))
            {
                count++;
                tables.RemoveEdit(letter.Group, letter.Position);
                if (letter.Key is not null)
                {
                    keys.Add((letter.Group, letter.Key));
                }
            }
        }

        foreach (var (id, key) in keys)
        {
            if (tables.FindGroup(id) is { } group && tables.FindHeldKey(id, key) is { Released: null } held)
            {
                Next(tables, scope, group, held);
            }
        }

        return count;
    }

    /// <summary>
    /// The group goes on at a position, in the log again: what waited from there on comes from the log, and a key is
    /// held only by what lies before it.
    /// </summary>
    public static void Seek(ILogTables tables, ILogScope scope, GroupRow group, long next)
    {
        tables.RemoveWaiting(group.Id, next);
        tables.RemoveLostEdits(group.Id);
        foreach (var held in tables.HeldKeys(group.Id, Enumerable.Range(0, Partitions.Count).ToHashSet()))
        {
            if (tables.HasLetterBefore(group.Id, held.Key, next))
            {
                Next(tables, scope, group, held);
            }
            else
            {
                tables.RemoveHeldKey(group.Id, held.Key);
            }
        }
    }

    private static bool Replay(ILogTables tables, ILogScope scope, GroupRow group, LetterRow letter)
    {
        if (letter.Key is not { } key || tables.FindHeldKey(group.Id, key) is not { } held)
        {
            tables.PutBack(group, letter, scope.Now, holds: false);
            Tell(tables, scope, group);
            return true;
        }

        var isNext = held.Released is null && tables.FirstLetter(group.Id, key)?.Id == letter.Id;
        if (isNext)
        {
            Release(tables, scope, group, held, letter);
        }

        return isNext;
    }

    // One that failed waits for somebody to look at it; what only waited follows.
    private static bool Next(ILogTables tables, ILogScope scope, GroupRow group, HeldKey held)
    {
        switch (tables.FirstLetter(group.Id, held.Key))
        {
            case null:
                tables.RemoveHeldKey(group.Id, held.Key);
                return false;
            case { IsWaiting: true } next:
                Release(tables, scope, group, held, next);
                return true;
            default:
                tables.PutHeldKey(group.Id, held with { Released = null });
                return true;
        }
    }

    private static void Release(ILogTables tables, ILogScope scope, GroupRow group, HeldKey held, LetterRow letter)
    {
        tables.PutBack(group, letter, scope.Now, holds: true);
        tables.PutHeldKey(group.Id, held with { Released = letter.Position });
        Tell(tables, scope, group);
    }

    private static void Tell(ILogTables tables, ILogScope scope, GroupRow group)
    {
        tables.Advance(group.Id);
        scope.TellOthers();
    }
}
