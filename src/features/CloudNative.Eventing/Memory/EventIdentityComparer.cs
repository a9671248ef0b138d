using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing.Memory;

/// <summary>Two events are the same when source and id are.</summary>
internal sealed class EventIdentityComparer : IEqualityComparer<EventEnvelope>
{
    public bool Equals(EventEnvelope? x, EventEnvelope? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null
            && string.Equals(x.Id, y.Id, StringComparison.Ordinal)
            && string.Equals(x.Source, y.Source, StringComparison.Ordinal));

    // The id alone tells nearly all events apart.
    public int GetHashCode([DisallowNull] EventEnvelope obj) => obj.Id.GetHashCode(StringComparison.Ordinal);
}
