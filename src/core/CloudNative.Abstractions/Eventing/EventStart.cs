namespace CloudNative.Eventing;

/// <summary>Where a new group begins.</summary>
public enum EventStart
{
    /// <summary>With the oldest event that is still stored.</summary>
    Oldest,

    /// <summary>With the next event that is stored.</summary>
    Next,
}
