using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing;

/// <summary>
/// Says more about a handler that was just mapped. Counts until the host starts; not thread-safe. Handlers of one topic
/// and group share a subscription: order, concurrency, broadcast and start hold for all of them, and asking for two
/// different values is a start error.
/// </summary>
public interface IEventHandlerBuilder
{
    /// <summary>
    /// Puts the handler into a group. Each group gets every event of its topic; the processes of a group share them.
    /// Default: the name of the service.
    /// </summary>
    /// <param name="group">The name; see <see cref="EventTopic"/>.</param>
    /// <returns>The same builder.</returns>
    IEventHandlerBuilder WithGroup(string group);

    /// <summary>
    /// Asks for <see cref="EventOrdering.ByKey"/>. Needs <see cref="TransportCapabilities.Ordered"/>.
    /// </summary>
    /// <returns>The same builder.</returns>
    IEventHandlerBuilder InOrder();

    /// <summary>
    /// Asks for <see cref="EventOrdering.ByKey"/> and says what becomes of the later events of a key when one is a dead
    /// letter.
    /// </summary>
    /// <param name="deadLetters">What becomes of them. Default: <c>CloudNative:Eventing:DeadLetterOrdering</c>.</param>
    /// <returns>The same builder.</returns>
    IEventHandlerBuilder InOrder(DeadLetterOrdering deadLetters);

    /// <summary>Limits how many events of the subscription this process handles at a time.</summary>
    /// <param name="limit">The limit, 1 to 10,000. Default: <c>CloudNative:Eventing:Concurrency</c>.</param>
    /// <returns>The same builder.</returns>
    IEventHandlerBuilder WithConcurrency(int limit);

    /// <summary>
    /// Every process gets every event, from its start on. Needs <see cref="TransportCapabilities.Broadcast"/>.
    /// </summary>
    /// <returns>The same builder.</returns>
    IEventHandlerBuilder Broadcast();

    /// <summary>Says where a group begins that has never been here.</summary>
    /// <param name="start">
    /// The place. Default <see cref="EventStart.Oldest"/>, and <see cref="EventStart.Next"/> for a broadcast.
    /// </param>
    /// <returns>The same builder.</returns>
    IEventHandlerBuilder StartWith(EventStart start);

    /// <summary>Changes how often and when this handler's failed events are tried again.</summary>
    /// <param name="configure">Changes a copy of what configuration says for the group.</param>
    /// <returns>The same builder.</returns>
    IEventHandlerBuilder WithRetry(Action<EventRetryOptions> configure);

    /// <summary>
    /// Runs a filter around this handler, inside of those that run around all of them. Taken from the scope's services
    /// when it is registered there, else made for each attempt.
    /// </summary>
    /// <typeparam name="TFilter">The type of the filter.</typeparam>
    /// <returns>The same builder.</returns>
    IEventHandlerBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IEventFilter;
}
