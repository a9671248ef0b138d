using System.Collections.Frozen;
using CloudNative.Eventing.Publishing;

namespace CloudNative.Eventing.Planning;

/// <summary>A subscription with everything that was said about it.</summary>
/// <param name="Group">The group as the user knows it; that of <paramref name="Spec"/> is longer for a broadcast.</param>
/// <param name="Spec">What is asked of the transport.</param>
/// <param name="UnknownTypes">What becomes of types that nobody of the group knows.</param>
/// <param name="Routes">What is run, by the name of the type on the wire.</param>
internal sealed record SubscriptionPlan(
    string Group, SubscriptionSpec Spec, UnknownEventTypes UnknownTypes, FrozenDictionary<string, HandlerRoute> Routes)
{
    private readonly FrozenSet<string> _names = Routes.Keys.Select(EventType.NameOf).OfType<string>().ToFrozenSet();

    public string Topic => Spec.Topic;

    /// <summary>Whether the group handles another version of a type.</summary>
    public bool KnowsAnotherVersionOf(string wireName) =>
        EventType.NameOf(wireName) is { } name && _names.Contains(name);
}
