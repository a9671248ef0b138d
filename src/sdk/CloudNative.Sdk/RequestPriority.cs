namespace CloudNative.Sdk;

/// <summary>What is served first, and shed last, when a service has more to do than it can.</summary>
public enum RequestPriority
{
    /// <summary>What can be done later: batches, prefetching, reports. Shed first.</summary>
    Low,

    /// <summary>Everything that says nothing.</summary>
    Normal,

    /// <summary>What users wait for and what must not fail: a payment, a login. Shed last.</summary>
    High,
}
