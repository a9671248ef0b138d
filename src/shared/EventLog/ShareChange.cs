namespace CloudNative.Shared.EventLog;

/// <summary>
/// What is done with some events of a member beside settling them one by one: in one transaction, for those whose
/// shares are still the member's.
/// </summary>
internal abstract class ShareChange
{
    public abstract IReadOnlyList<Entry> Entries { get; }

    /// <summary>In the transaction; runs again when it failed along with others.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="scope">The transaction.</param>
    /// <param name="entries">The entries whose shares hold.</param>
    /// <returns>Those that the heads need not wait for any more.</returns>
    public abstract IReadOnlyList<Entry> Run(ILogTables tables, ILogScope scope, IReadOnlyList<Entry> entries);

    /// <summary>It was committed. On the writer's thread.</summary>
    /// <param name="holds">Which shares held.</param>
    public abstract void Committed(Func<Entry, bool> holds);
}
