namespace CloudNative.Shared.EventLog;

/// <summary>
/// What keeps the members of this process from reading or settling, and since when nothing does. Tells when the answer changes.
/// </summary>
internal sealed class Trouble(Action<string?> changed)
{
    private readonly Lock _gate = new();
    private string? _reading;
    private string? _writing;
    private string? _told;

    public bool IsOn => Volatile.Read(ref _told) is not null;

    public bool IsWriting => Volatile.Read(ref _writing) is not null;

    /// <summary>How the last attempt to read went: null when it went well.</summary>
    public void Read(string? failure)
    {
        if (failure is not null || Volatile.Read(ref _reading) is not null)
        {
            Set(ref _reading, failure);
        }
    }

    /// <summary>How the last attempt to write went: null when it went well.</summary>
    public void Write(string? failure)
    {
        if (failure is not null || IsWriting)
        {
            Set(ref _writing, failure);
        }
    }

    private void Set(ref string? place, string? failure)
    {
        lock (_gate)
        {
            Volatile.Write(ref place, failure);
            var now = _writing ?? _reading;
            if (now != _told)
            {
                Volatile.Write(ref _told, now);
                changed(now);
            }
        }
    }
}
