using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using CloudNative;
using CloudNative.Eventing;
using CloudNative.Eventing.Handling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds handlers, filters and JSON contexts in <c>AddCloudNative(cloud => …)</c>.</summary>
public static class CloudNativeEventsBuilderExtensions
{
    private const string Reflection = "The handler is looked into at run time. Use a form that names the type of the event.";

    /// <summary>Handles the events of one type on a topic.</summary>
    /// <param name="events">Events, while they are being configured.</param>
    /// <param name="topic">The topic; see <see cref="EventTopic"/>.</param>
    /// <param name="handler">The handler.</param>
    /// <typeparam name="T">The type of the event; carries <see cref="EventAttribute"/>.</typeparam>
    /// <returns>Says more about the handler.</returns>
    public static IEventHandlerBuilder Handle<T>(this IEventsBuilder events, string topic, EventCallback<T> handler) =>
        Add(events, Registrations.Of(topic, handler));

    /// <summary>Handles the events of one type on a topic with a class.</summary>
    /// <param name="events">Events, while they are being configured.</param>
    /// <param name="topic">The topic.</param>
    /// <typeparam name="THandler">
    /// The class; taken from the scope's services when it is registered there, else made for each delivery.
    /// </typeparam>
    /// <typeparam name="T">The type of the event; carries <see cref="EventAttribute"/>.</typeparam>
    /// <returns>Says more about the handler.</returns>
    public static IEventHandlerBuilder Handle<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, T>(
        this IEventsBuilder events, string topic)
        where THandler : class, IEventHandler<T> => Add(events, Registrations.Of<THandler, T>(topic));

    /// <summary>
    /// Handles events with any method. Its event is the first parameter whose type carries <see cref="EventAttribute"/>;
    /// <see cref="EventContext"/>, <see cref="EventEnvelope"/>, <see cref="CancellationToken"/> and <see cref="IServiceProvider"/> are
    /// those of the delivery, everything else comes from its scope's services. The generator of this package replaces the call by one
    /// without reflection.
    /// </summary>
    /// <param name="events">Events, while they are being configured.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="handler">The method; returns nothing, a <see cref="Task"/> or a <see cref="ValueTask"/>.</param>
    /// <returns>Says more about the handler.</returns>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static IEventHandlerBuilder Handle(this IEventsBuilder events, string topic, Delegate handler) =>
        Add(events, Registrations.Of(topic, handler));

    /// <summary>
    /// Handles events with a class that implements <see cref="IEventHandler{T}"/> once. The generator of this package replaces the call
    /// by one without reflection.
    /// </summary>
    /// <param name="events">Events, while they are being configured.</param>
    /// <param name="topic">The topic.</param>
    /// <typeparam name="THandler">The class.</typeparam>
    /// <returns>Says more about the handler.</returns>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static IEventHandlerBuilder Handle<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces)] THandler>(
        this IEventsBuilder events, string topic)
        where THandler : class => Add(events, Registrations.OfClass<THandler>(topic));

    /// <summary>
    /// Runs a filter around every handler, outside of the handlers' own. Taken from the scope's services when it is registered there,
    /// else made for each attempt. Adding it twice equals once.
    /// </summary>
    /// <param name="events">Events, while they are being configured.</param>
    /// <typeparam name="TFilter">The type of the filter.</typeparam>
    /// <returns>The same builder.</returns>
    public static IEventsBuilder AddFilter<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>(this IEventsBuilder events)
        where TFilter : class, IEventFilter
    {
        ArgumentNullException.ThrowIfNull(events);
        var services = events.Builder.Services;
        if (!services.Any(descriptor => descriptor.ServiceType == typeof(FilterCode)
            && descriptor.ImplementationInstance is FilterCode<TFilter>))
        {
            services.AddSingleton(FilterCode.Of<TFilter>());
        }

        return events;
    }

    /// <summary>
    /// Adds the JSON metadata of events. Needed where the app is compiled ahead of time; elsewhere reflection fills in what is missing.
    /// </summary>
    /// <param name="events">Events, while they are being configured.</param>
    /// <param name="context">A context of the JSON source generator, such as <c>MyContext.Default</c>.</param>
    /// <returns>The same builder.</returns>
    public static IEventsBuilder AddJsonContext(this IEventsBuilder events, IJsonTypeInfoResolver context)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.Builder.Services.AddEventJsonContext(context);
        return events;
    }

    private static HandlerRegistration Add(IEventsBuilder events, HandlerRegistration handler)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.Builder.Services.AddSingleton(handler);
        return handler;
    }
}
