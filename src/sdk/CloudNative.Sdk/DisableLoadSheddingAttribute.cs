namespace CloudNative.Sdk;

/// <summary>
/// Requests to this endpoint never wait and are never declined, however much the service has to do, and do not count among those that it
/// does at the same time: for what costs next to nothing, and for what waits for something else (long polls).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Delegate)]
public sealed class DisableLoadSheddingAttribute : Attribute;
