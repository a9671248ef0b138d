namespace CloudNative.Shared.EventLog;

/// <summary>
/// Where a member notes what it hands out, so that whoever takes over from a dead process counts exactly what was under way. It is for the
/// case that the process dies and the store does not, so nothing is forced to a disk.
/// </summary>
internal interface IFlightRecord : IDisposable
{
    /// <summary>Notes an attempt. Returns its slot.</summary>
    int Enter(long position, int attempt);

    /// <summary>The attempt is over. What the store says of it is newer than the slot, so that need not be written.</summary>
    void Leave(int slot);

    /// <summary>The attempt is not to count.</summary>
    void Erase(int slot);

    /// <summary>Writes what was noted, where noting alone does not.</summary>
    void Write(ILogTables tables);
}
