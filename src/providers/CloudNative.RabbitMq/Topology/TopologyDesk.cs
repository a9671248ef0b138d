using System.Collections.Concurrent;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.MassTransit;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Topology;

/// <summary>
/// Sees to it that exchanges and queues are there, once for each connection: a broker that came back empty
/// gets them again.
/// </summary>
internal sealed class TopologyDesk(BrokerContext context, BrokerConnection connection) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<string, IConnection> _known = new(StringComparer.Ordinal);

    private Names Names => context.Names;

    public void Dispose() => _turn.Dispose();

    /// <summary>Looks at everything again before it is next used: something turned out to be missing.</summary>
    public void Forget() => _known.Clear();

    /// <summary>The exchange of a topic.</summary>
    public ValueTask EnsureTopicAsync(string topic, CancellationToken cancellationToken) =>
        IsKnown(Names.Topic(topic))
            ? ValueTask.CompletedTask
            : EnsureAsync(Names.Topic(topic), declarer => DeclareTopicAsync(declarer, topic), cancellationToken);

    /// <summary>The way from the ladder of delays to the exchange of a topic.</summary>
    public ValueTask EnsureDelayedTopicAsync(string topic, CancellationToken cancellationToken) => EnsureAsync(
        $"{Names.Due} → {topic}",
        async declarer =>
        {
            await DeclareTopicAsync(declarer, topic).ConfigureAwait(false);
            await DeclareLadderAsync(declarer).ConfigureAwait(false);
            var name = Names.Topic(topic);
            var messages = context.Formats.Of(topic).Messages;
            foreach (var target in messages.Select(message => message.Exchange).Prepend(name))
            {
                var pattern = DelayLadder.DuePattern(target);
                await declarer.BindExchangeAsync(target, Names.Due, pattern).ConfigureAwait(false);
            }
        },
        cancellationToken);

    /// <summary>The way from the ladder of delays to the queue of a group.</summary>
    public ValueTask EnsureDelayedQueueAsync(string queue, CancellationToken cancellationToken) => EnsureAsync(
        $"{Names.Due} → {queue}",
        async declarer =>
        {
            await DeclareLadderAsync(declarer).ConfigureAwait(false);
            await declarer.BindQueueAsync(queue, Names.Due, DelayLadder.DuePattern(queue)).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Looks at the stream of dead letters again before it is next used.</summary>
    public void ForgetDeadLetters() => _known.TryRemove(Names.DeadLetters, out _);

    /// <summary>The stream of dead letters.</summary>
    public ValueTask EnsureDeadLettersAsync(CancellationToken cancellationToken) =>
        IsKnown(Names.DeadLetters)
            ? ValueTask.CompletedTask
            : EnsureAsync(Names.DeadLetters, DeclareDeadLettersAsync, cancellationToken);

    /// <summary>
    /// The queues of a group, bound to its topic. Looked at each time: a member that comes back may find them
    /// deleted. The queue of one
    /// process for broadcast is made by it in any case: nobody else could.
    /// </summary>
    public async ValueTask EnsureGroupAsync(SubscriptionSpec spec, GroupQueues queues, CancellationToken cancellationToken)
    {
        await EnsureAsync(null, declarer => DeclareGroupAsync(declarer, spec, queues), cancellationToken).ConfigureAwait(false);
        if (spec.Broadcast)
        {
            await DeclareAsync(
                creates: true, null, declarer => DeclareQueuesAsync(declarer, spec, queues), cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsKnown(string key) => _known.TryGetValue(key, out var on) && on.IsOpen;

    private async ValueTask EnsureAsync(string? key, Func<Declarer, Task> declare, CancellationToken cancellationToken)
    {
        if (context.Options.Provision == RabbitMqProvisioning.Never || (key is not null && IsKnown(key)))
        {
            return;
        }

        await DeclareAsync(context.Options.Provision == RabbitMqProvisioning.Create, key, declare, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task DeclareAsync(bool creates, string? key, Func<Declarer, Task> declare, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (key is not null && IsKnown(key))
            {
                return;
            }

            var open = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
            var declarer = new Declarer(open, creates, cancellationToken);
            await using (declarer.ConfigureAwait(false))
            {
                await declare(declarer).ConfigureAwait(false);
            }

            if (key is not null)
            {
                _known[key] = open;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw BrokerErrors.From(exception, context);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DeclareGroupAsync(Declarer declarer, SubscriptionSpec spec, GroupQueues queues)
    {
        await DeclareTopicAsync(declarer, spec.Topic).ConfigureAwait(false);
        await DeclareDeadLettersAsync(declarer).ConfigureAwait(false);
        await declarer.QueueAsync(queues.Dead.Name, queues.Dead.Arguments).ConfigureAwait(false);
        if (spec.Broadcast)
        {
            return;
        }

        if (await declarer.IsThereAsync(queues.OfOtherOrdering).ConfigureAwait(false))
        {
            throw new EventTransportException(
                $"{ErrorIds.OrderingChanged} Group '{spec.Group}' of topic '{spec.Topic}' was "
                + $"{(queues.IsOrdered ? "unordered" : "ordered by key")} before: queue '{queues.OfOtherOrdering}' is there. Two kinds of "
                + "queues would get each event twice. Let the old version finish what is in it, delete the group's queues "
                + $"(rabbitmqctl delete_queue '{queues.OfOtherOrdering}'), or give the group another name.");
        }

        await DeclareQueuesAsync(declarer, spec, queues).ConfigureAwait(false);
    }

    private async Task DeclareQueuesAsync(Declarer declarer, SubscriptionSpec spec, GroupQueues queues)
    {
        var hasMassTransit = context.Formats.Of(spec.Topic).Messages.Count > 0;
        foreach (var queue in queues.All)
        {
            await declarer.QueueAsync(queue.Name, queue.Arguments).ConfigureAwait(false);
            await declarer.BindQueueAsync(queue.Name, Names.Topic(spec.Topic), queue.Pattern).ConfigureAwait(false);
            if (hasMassTransit && queues.IsOrdered && queue == queues.All[0])
            {
                // MassTransit publishes without a routing key: events without a key.
                await declarer.BindQueueAsync(queue.Name, Names.Topic(spec.Topic), string.Empty).ConfigureAwait(false);
            }
        }
    }

    // What no queue is bound for goes to a queue that keeps the last of it. So a message that comes back to
    // its publisher means a
    // broken topology, and never just that nobody has subscribed yet.
    private async Task DeclareTopicAsync(Declarer declarer, string topic)
    {
        await DeclareUnroutedAsync(declarer).ConfigureAwait(false);
        await declarer.ExchangeAsync(Names.Topic(topic), ExchangeType.Topic, Names.Unrouted).ConfigureAwait(false);
        foreach (var message in context.Formats.Of(topic).Messages)
        {
            await MassTransitTopology.DeclareAsync(declarer, message, Names.Topic(topic)).ConfigureAwait(false);
        }
    }

    private Task DeclareDeadLettersAsync(Declarer declarer) =>
        declarer.QueueAsync(Names.DeadLetters, QueueKinds.Letters(context.Options.DeadLetters));

    private async Task DeclareUnroutedAsync(Declarer declarer)
    {
        await declarer.ExchangeAsync(Names.Unrouted, ExchangeType.Fanout).ConfigureAwait(false);
        await declarer.QueueAsync(Names.Unrouted, QueueKinds.Unrouted()).ConfigureAwait(false);
        await declarer.BindQueueAsync(Names.Unrouted, Names.Unrouted, string.Empty).ConfigureAwait(false);
    }

    private async Task DeclareLadderAsync(Declarer declarer)
    {
        var key = Names.Delay(0);
        if (IsKnown(key))
        {
            return;
        }

        await DeclareUnroutedAsync(declarer).ConfigureAwait(false);
        await declarer.ExchangeAsync(Names.Due, ExchangeType.Topic, Names.Unrouted).ConfigureAwait(false);
        var next = Names.Due;
        for (var level = 0; level < DelayLadder.Levels; level++)
        {
            var name = Names.Delay(level);
            await declarer.ExchangeAsync(name, ExchangeType.Topic).ConfigureAwait(false);
            await declarer.QueueAsync(name, QueueKinds.Delay(level, next)).ConfigureAwait(false);
            await declarer.BindQueueAsync(name, name, DelayLadder.Pattern(level, '1')).ConfigureAwait(false);
            await declarer.BindExchangeAsync(next, name, DelayLadder.Pattern(level, '0')).ConfigureAwait(false);
            next = name;
        }

        _known[key] = declarer.Connection;
    }
}
