namespace CloudNative.Eventing;

/// <summary>
/// Gives a type of event its name on the wire. Names are explicit and versioned, never those of CLR types, so that renaming a class
/// changes nothing for those who receive it.
/// </summary>
/// <param name="name">
/// The name without its version, in words separated by dots, such as <c>orders.placed</c>. What stands before the last dot is the
/// default topic.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class EventAttribute(string name) : Attribute
{
    /// <summary>The name without its version.</summary>
    public string Name { get; } = name;

    /// <summary>Raised when the shape changes in a way that old receivers cannot read. Default 1.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The topic that events of this type go to. Default: the name up to its last dot, or all of it.</summary>
    public string? Topic { get; set; }
}
