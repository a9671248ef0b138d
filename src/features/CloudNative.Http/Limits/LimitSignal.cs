namespace CloudNative.Http.Limits;

/// <summary>What one call says of how much its instance can take.</summary>
internal enum LimitSignal
{
    /// <summary>
    /// Nothing: the caller gave up, its deadline left too little time, no connection could be made, or the instance failed for another
    /// reason.
    /// </summary>
    Nothing,

    /// <summary>It was done; how long it took says something.</summary>
    Done,

    /// <summary>It was declined, or not done in a time that should have been enough.</summary>
    Overload,
}
