using System.Diagnostics.CodeAnalysis;
using CloudNative.Eventing;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Handling;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Maps handlers of events on a host that is built and has not started: a web application or a worker.</summary>
public static class CloudNativeEventHostExtensions
{
    private const string Reflection = "The handler is looked into at run time. Use a form that names the type of the event.";

    /// <summary>Handles the events of one type on a topic.</summary>
    /// <param name="host">The host; not started yet.</param>
    /// <param name="topic">The topic; see <see cref="EventTopic"/>.</param>
    /// <param name="handler">The handler.</param>
    /// <typeparam name="T">The type of the event; carries <see cref="EventAttribute"/>.</typeparam>
    /// <returns>Says more about the handler.</returns>
    /// <exception cref="InvalidOperationException">The host has started, or events were not added to it.</exception>
    public static IEventHandlerBuilder MapEvent<T>(this IHost host, string topic, EventCallback<T> handler) =>
        Catalog(host).Add(Registrations.Of(topic, handler));

    /// <summary>Handles the events of one type on a topic with a class.</summary>
    /// <param name="host">The host; not started yet.</param>
    /// <param name="topic">The topic.</param>
    /// <typeparam name="THandler">
    /// The class; taken from the scope's services when it is registered there, else made for each delivery.
    /// </typeparam>
    /// <typeparam name="T">The type of the event; carries <see cref="EventAttribute"/>.</typeparam>
    /// <returns>Says more about the handler.</returns>
    /// <exception cref="InvalidOperationException">The host has started, or events were not added to it.</exception>
    public static IEventHandlerBuilder MapEvent<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, T>(this IHost host, string topic)
        where THandler : class, IEventHandler<T> => Catalog(host).Add(Registrations.Of<THandler, T>(topic));

    /// <summary>
    /// Handles events with any method. Its event is the first parameter whose type carries <see cref="EventAttribute"/>;
    /// <see cref="EventContext"/>, <see cref="EventEnvelope"/>, <see cref="CancellationToken"/> and <see cref="IServiceProvider"/> are
    /// those of the delivery, everything else comes from its scope's services. The generator of this package replaces the call by one
    /// without reflection.
    /// </summary>
    /// <param name="host">The host; not started yet.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="handler">The method; returns nothing, a <see cref="Task"/> or a <see cref="ValueTask"/>.</param>
    /// <returns>Says more about the handler.</returns>
    /// <exception cref="InvalidOperationException">The host has started, or events were not added to it.</exception>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static IEventHandlerBuilder MapEvent(this IHost host, string topic, Delegate handler) =>
        Catalog(host).Add(Registrations.Of(topic, handler));

    /// <summary>
    /// Handles events with a class that implements <see cref="IEventHandler{T}"/> once. The generator of this package replaces the call
    /// by one without reflection.
    /// </summary>
    /// <param name="host">The host; not started yet.</param>
    /// <param name="topic">The topic.</param>
    /// <typeparam name="THandler">The class.</typeparam>
    /// <returns>Says more about the handler.</returns>
    /// <exception cref="InvalidOperationException">The host has started, or events were not added to it.</exception>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static IEventHandlerBuilder MapEvent<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces)] THandler>(
        this IHost host, string topic)
        where THandler : class => Catalog(host).Add(Registrations.OfClass<THandler>(topic));

    private static HandlerCatalog Catalog(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Services.GetService<HandlerCatalog>() ?? throw new InvalidOperationException(
            $"{ErrorIds.NotAdded} MapEvent needs events on the host: call builder.AddCloudNative() or "
            + "builder.Services.AddCloudNativeEventing() before it is built.");
    }
}
