namespace CloudNative.Eventing;

/// <summary>
/// Notes on an assembly that its code publishes a type of event, for the AsyncAPI document. The generator of this
/// package writes it for each call of <see cref="IEventPublisher"/> and <see cref="IOutbox"/> that it sees; write it by
/// hand for what it cannot see, such as a type or topic that is chosen at run time.
/// </summary>
/// <param name="type">The type of the event; carries <see cref="EventAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PublishesEventAttribute(Type type) : Attribute
{
    /// <summary>The type of the event.</summary>
    public Type Type { get; } = type;

    /// <summary>The topic. Default: the type's own.</summary>
    public string? Topic { get; set; }
}
