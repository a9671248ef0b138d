using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CloudNative.Configuration;
using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.Handling;

/// <summary>Finds the type of event of a handler class at run time, where no generator did it at build time.</summary>
internal static class ClassReader
{
    [RequiresUnreferencedCode("Reads the interfaces of the handler.")]
    [RequiresDynamicCode("Makes the generic handler of the event's type.")]
    public static HandlerRegistration Read<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces)] THandler>(string topic)
        where THandler : class
    {
        Type[] events =
        [
            .. typeof(THandler).GetInterfaces()
                .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEventHandler<>))
                .Select(type => type.GetGenericArguments()[0]),
        ];
        if (events is not [var only])
        {
            return new HandlerRegistration(topic, new ConfigurationProblem(
                ErrorIds.BadHandler,
                $"The handler of topic '{topic}'",
                typeof(THandler).Name,
                "a class that implements IEventHandler<T> for one type of event",
                events.Length == 0
                    ? "Implement IEventHandler<T>."
                    : "Name the type: MapEvent<THandler, T>(topic), once for each that it handles."));
        }

        var code = typeof(HandlerCode).GetMethod(nameof(HandlerCode.Of), BindingFlags.Static | BindingFlags.Public)!
            .MakeGenericMethod(typeof(THandler), only)
            .Invoke(null, null);
        return new HandlerRegistration(topic, (HandlerCode)code!);
    }
}
