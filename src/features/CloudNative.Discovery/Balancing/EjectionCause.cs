namespace CloudNative.Discovery.Balancing;

/// <summary>Why an instance is left out.</summary>
internal enum EjectionCause
{
    /// <summary>Several failures in a row, the last one of which was an answer or none in time.</summary>
    Failing,

    /// <summary>Several failures in a row, the last one of which was a connection that could not be made.</summary>
    Unreachable,

    /// <summary>Fewer of its calls succeed than of those of its siblings.</summary>
    SuccessRate,

    /// <summary>Its calls take many times as long as those of its siblings.</summary>
    Latency,
}
