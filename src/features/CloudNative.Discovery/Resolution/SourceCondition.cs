namespace CloudNative.Discovery.Resolution;

/// <summary>How a source fares.</summary>
internal enum SourceCondition
{
    /// <summary>Never called, or the first call has not been answered yet.</summary>
    Unproven,

    /// <summary>It answers.</summary>
    Up,

    /// <summary>It failed and has not answered since.</summary>
    Down,
}
