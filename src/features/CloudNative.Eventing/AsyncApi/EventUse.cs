namespace CloudNative.Eventing.AsyncApi;

/// <summary>That the service handles or publishes a type of event on a topic.</summary>
/// <param name="Type">The type.</param>
/// <param name="Topic">The topic; <see langword="null"/> is the type's own.</param>
/// <param name="Group">Who handles it; <see langword="null"/> when it is published.</param>
internal sealed record EventUse(Type Type, string? Topic, string? Group)
{
    public bool IsOrdered { get; init; }

    public bool IsBroadcast { get; init; }
}
