namespace CloudNative.Comparison.Notice;

/// <summary>How an instance takes its calls.</summary>
internal enum Mood
{
    /// <summary>It answers.</summary>
    Well,

    /// <summary>It takes connections and requests and does not answer until it is well again.</summary>
    Silent,

    /// <summary>It answers 503, or UNAVAILABLE, at once.</summary>
    Failing,
}
