using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing.Memory;

/// <summary>Two events are the same when source and id are.</summary>
internal sealed class EventIdentityComparer : IEqualityComparer<EventEnvelope>
{
    public bool Equals(EventEnvelope? x, EventEnvelope? y) => x?.Equals(y) ?? y is null;

    public int GetHashCode([DisallowNull] EventEnvelope obj) => obj.GetHashCode();
}
