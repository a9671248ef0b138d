using System.Collections.Concurrent;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Consuming;
using CloudNative.RabbitMq.DeadLetters;
using CloudNative.RabbitMq.Messages;
using CloudNative.RabbitMq.Publishing;
using CloudNative.RabbitMq.Topology;

namespace CloudNative.RabbitMq.Transport;

/// <summary>
/// Events over RabbitMQ. Publishing has a connection of its own: a broker that is short of memory stops
/// reading from those that
/// publish, and what is being handled must still be settled then.
/// </summary>
internal sealed partial class RabbitMqEventTransport
    : IEventTransport, IDeadLetterStore, IEventServerSource, IAsyncDisposable
{
    private readonly BrokerContext _context;
    private readonly BrokerConnection _publishing;
    private readonly BrokerConnection _consuming;
    private readonly TopologyDesk _topology;
    private readonly ConfirmedPublisher _publisher;
    private readonly TopicWriter _writer;
    private readonly RabbitMqDeadLetters _letters;
    private readonly ConcurrentDictionary<RabbitMqSubscription, byte> _subscriptions = new();

    public RabbitMqEventTransport(BrokerContext context)
    {
        _context = context;
        _publishing = new BrokerConnection(context, "publishes");
        _consuming = new BrokerConnection(context, "handles");
        _topology = new TopologyDesk(context, _publishing);
        _publisher = new ConfirmedPublisher(context, _publishing, _topology);
        _writer = new TopicWriter(context);
        _letters = new RabbitMqDeadLetters(context, _consuming, _topology, _publisher);
    }

    public TransportCapabilities Capabilities =>
        TransportCapabilities.Durable | TransportCapabilities.Ordered | TransportCapabilities.Delayed
        | TransportCapabilities.Broadcast | TransportCapabilities.DeadLetters;

    public int MaxEventSize => 1024 * 1024;

    public EventServer FindServer() => _context.Address.Server;

    public async ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var outgoing in batch)
        {
            Check(outgoing);
        }

        // All of it is written before any of it is sent: what cannot be written leaves nothing behind.
        var now = _context.Time.GetUtcNow();
        IReadOnlyList<Parcel> parcels = [.. batch.Select(outgoing => ToParcel(outgoing, now))];

        // Looked at as long as anything else of publishing: a broker that is away does not make it wait longer.
        using var patience = new CancellationTokenSource(_context.Options.PublishTimeout, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            foreach (var outgoing in batch)
            {
                await EnsureAsync(outgoing, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EventTransportException(
                $"{ErrorIds.NotReachable} RabbitMQ at {_context.Address.Shown} did not answer within CloudNative:RabbitMq:PublishTimeout "
                + $"({_context.Options.PublishTimeout}). It is tried again with the next event.",
                exception);
        }

        await _publisher.PublishAsync(parcels, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(sink);
        var subscription = new RabbitMqSubscription(
            spec, sink, new SubscriptionServices(_context, _consuming, _topology, _publisher), Forget);
        try
        {
            await subscription.StartAsync(cancellationToken).ConfigureAwait(false);
            _subscriptions.TryAdd(subscription, 0);
            return subscription;
        }
        catch (Exception)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subscription in _subscriptions.Keys)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }

        await _publisher.DisposeAsync().ConfigureAwait(false);
        await _consuming.DisposeAsync().ConfigureAwait(false);
        await _publishing.DisposeAsync().ConfigureAwait(false);
        _letters.Dispose();
        _topology.Dispose();
    }

    private void Forget(RabbitMqSubscription subscription) => _subscriptions.TryRemove(subscription, out _);

    private static void Check(in OutgoingEvent outgoing)
    {
        if (!EventTopic.IsValid(outgoing.Topic))
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotPublishable} '{outgoing.Topic}' is no name for a topic: 1 to 200 ASCII letters, digits, "
                + "'.', '-', '_' and ':', starting with a letter or digit.");
        }

        DelayLadder.Check(outgoing);
    }

    private ValueTask EnsureAsync(in OutgoingEvent outgoing, CancellationToken cancellationToken) => outgoing.Delay > TimeSpan.Zero
        ? _topology.EnsureDelayedTopicAsync(outgoing.Topic, cancellationToken)
        : _topology.EnsureTopicAsync(outgoing.Topic, cancellationToken);

    private Parcel ToParcel(OutgoingEvent outgoing, DateTimeOffset now)
    {
        var message = _writer.Write(outgoing, now);
        var routingKey = Names.RoutingKey(outgoing.Event.Key);
        if (outgoing.Delay == TimeSpan.Zero)
        {
            return new Parcel(message.Exchange, routingKey, message.Properties, message.Body);
        }

        var units = DelayLadder.UnitsOf(outgoing.Delay);
        return new Parcel(
            _context.Names.Delay(DelayLadder.FirstLevel(units)),
            DelayLadder.RoutingKey(units, message.Exchange, routingKey),
            message.Properties,
            message.Body);
    }
}
