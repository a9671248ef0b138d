using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing.Handling;

/// <summary>A filter: its type, and how it is run around the rest of an attempt.</summary>
internal abstract class FilterCode
{
    public abstract Type Type { get; }

    /// <summary>Joins the filter and what comes after it. Made once, so that an attempt makes no closures.</summary>
    public abstract EventFilterDelegate Around(EventFilterDelegate next);

    public static FilterCode Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IEventFilter => new FilterCode<TFilter>();
}
