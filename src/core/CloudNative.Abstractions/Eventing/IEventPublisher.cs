namespace CloudNative.Eventing;

/// <summary>Publishes events. Thread-safe; a singleton.</summary>
public interface IEventPublisher
{
    /// <summary>Publishes one event.</summary>
    /// <param name="data">The event; its type carries <see cref="EventAttribute"/>.</param>
    /// <param name="options">What to say beyond the data, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. An event that was handed over before may be stored all the same.
    /// </param>
    /// <typeparam name="T">The type of the event.</typeparam>
    /// <returns>A task that completes when the transport has acknowledged the event: for a durable one, when it is on disk.</returns>
    /// <exception cref="EventRejectedException">The event cannot be published by anybody, as it is.</exception>
    /// <exception cref="EventTransportException">The transport cannot take it now; the message says what to do.</exception>
    ValueTask PublishAsync<T>(T data, PublishOptions? options, CancellationToken cancellationToken);

    /// <summary>Publishes events of one type together: all of them are stored, in this order, or none is.</summary>
    /// <param name="batch">The events; an empty list does nothing.</param>
    /// <param name="options">
    /// What to say beyond the data of each, or <see langword="null"/>. <see cref="PublishOptions.Id"/> must not be set.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <typeparam name="T">The type of the events.</typeparam>
    /// <returns>A task that completes when the transport has acknowledged them all.</returns>
    /// <exception cref="EventRejectedException">One of them cannot be published by anybody, as it is.</exception>
    /// <exception cref="EventTransportException">The transport cannot take them now.</exception>
    ValueTask PublishBatchAsync<T>(IReadOnlyList<T> batch, PublishOptions? options, CancellationToken cancellationToken);
}
