namespace CloudNative.Eventing;

/// <summary>The four ends of a delivery.</summary>
public enum SettlementKind
{
    /// <summary>Handled.</summary>
    Complete,

    /// <summary>Given back, uncounted.</summary>
    Release,

    /// <summary>To be delivered again.</summary>
    Retry,

    /// <summary>Given up.</summary>
    DeadLetter,
}
