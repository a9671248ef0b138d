namespace CloudNative.Eventing;

/// <summary>What becomes of an event whose type no handler of the group knows under any version.</summary>
public enum UnknownEventTypes
{
    /// <summary>It is none of the group's business: acknowledged, and counted as skipped.</summary>
    Skip,

    /// <summary>It becomes a dead letter.</summary>
    DeadLetter,
}
