namespace CloudNative.Embedded;

/// <summary>When an event that was published counts as stored. A process that is killed loses nothing in either case.</summary>
public enum EventDurability
{
    /// <summary>When it is on the disk: it outlives a crash of the machine.</summary>
    Full,

    /// <summary>
    /// When the operating system has it: several times as fast with few publishers, and a crash of the machine may lose the last events.
    /// </summary>
    Normal,
}
