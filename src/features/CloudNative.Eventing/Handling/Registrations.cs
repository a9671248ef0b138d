using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing.Handling;

/// <summary>The four forms of a handler; the host and the builder differ only in where they put it.</summary>
internal static class Registrations
{
    private const string Reflection = "The handler is looked into at run time. Use a form that names the type of the event.";

    public static HandlerRegistration Of<T>(string topic, EventCallback<T> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(handler);
        return new HandlerRegistration(topic, new HandlerCode<T>(handler, $"a handler of {typeof(T).Name}"));
    }

    public static HandlerRegistration Of<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, T>(string topic)
        where THandler : class, IEventHandler<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        return new HandlerRegistration(topic, HandlerCode.Of<THandler, T>());
    }

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static HandlerRegistration Of(string topic, Delegate handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(handler);
        return DelegateReader.Read(topic, handler);
    }

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static HandlerRegistration OfClass<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces)] THandler>(string topic)
        where THandler : class
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        return ClassReader.Read<THandler>(topic);
    }
}
