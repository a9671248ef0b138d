namespace CloudNative.Sdk;

/// <summary>
/// Says how important the requests to an endpoint are when the service has more to do than it can
/// (<see cref="LoadSheddingOptions"/>). The one nearest to the endpoint counts.
/// </summary>
/// <param name="priority">The priority.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Delegate)]
public sealed class RequestPriorityAttribute(RequestPriority priority) : Attribute
{
    /// <summary>The priority.</summary>
    public RequestPriority Priority { get; } = priority;
}
