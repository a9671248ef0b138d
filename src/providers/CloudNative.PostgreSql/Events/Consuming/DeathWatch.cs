using CloudNative.PostgreSql.Events.Storage;

namespace CloudNative.PostgreSql.Events.Consuming;

/// <summary>
/// Finds processes that have died: the server holds their lock no more. One that only lost its connection takes the lock again at once, so
/// it counts when it has been away for some time by this process's own clock. On the reader's thread.
/// </summary>
internal sealed class DeathWatch(TimeProvider time)
{
    /// <summary>How long a lock has to be away.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, long> _missing = [];

    /// <summary>The processes that are in groups and have been away for long enough.</summary>
    public HashSet<string> FindGone(PgTables tables)
    {
        var missing = tables.MissingProcesses();
        foreach (var back in _missing.Keys.Except(missing).ToList())
        {
            _missing.Remove(back);
        }

        return [.. missing.Where(Stays)];
    }

    public bool IsGone(PgTables tables, string process)
    {
        if (tables.MissingProcesses().Contains(process))
        {
            return Stays(process);
        }

        _missing.Remove(process);
        return false;
    }

    private bool Stays(string process)
    {
        if (_missing.TryGetValue(process, out var since))
        {
            return time.GetElapsedTime(since) >= Patience;
        }

        _missing.Add(process, time.GetTimestamp());
        return false;
    }
}
