using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CloudNative.RabbitMq.Publishing;

/// <summary>One channel for publishing, from its opening to its end.</summary>
internal sealed class PublishSession : IDisposable
{
    private const int MaxUnconfirmed = 4_096;

    private readonly BrokerContext _context;
    private readonly BrokerConnection _connection;
    private readonly IConnection _open;
    private readonly IChannel _channel;
    private readonly ConfirmWindow _window = new();
    private readonly Lock _turn = new();
    private readonly SemaphoreSlim _room = new(MaxUnconfirmed);
    private readonly CancellationTokenSource _closed = new();

    private PublishSession(BrokerContext context, BrokerConnection connection, IConnection open, IChannel channel)
    {
        (_context, _connection, _open, _channel) = (context, connection, open, channel);
        Closed = _closed.Token;
        channel.BasicAcksAsync += (_, confirm) => Confirmed(confirm.DeliveryTag, confirm.Multiple, isStored: true);
        channel.BasicNacksAsync += (_, confirm) => Confirmed(confirm.DeliveryTag, confirm.Multiple, isStored: false);
        channel.BasicReturnAsync += (_, returned) => Returned(returned);
        channel.ChannelShutdownAsync += (_, _) => EndedAsync();
    }

    /// <summary>Cancelled when the channel is gone.</summary>
    public CancellationToken Closed { get; }

    public static async Task<PublishSession> OpenAsync(
        BrokerContext context, BrokerConnection connection, CancellationToken cancellationToken)
    {
        var open = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
        var channel = await open.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false),
            cancellationToken).ConfigureAwait(false);
        var session = new PublishSession(context, connection, open, channel);
        if (!channel.IsOpen)
        {
            await session._closed.CancelAsync().ConfigureAwait(false);
        }

        return session;
    }

    /// <summary>Waits while too much is unconfirmed, or the broker takes nothing.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        await _connection.WhenTakingAsync(cancellationToken).ConfigureAwait(false);
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        _room.Release();
    }

    public async ValueTask SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        if (parcel.IsAbandoned || parcel.Confirmed.IsCompleted)
        {
            return;
        }

        // One loop sends, and has waited for room.
        if (!_room.Wait(0, CancellationToken.None))
        {
            await _room.WaitAsync(Closed).ConfigureAwait(false);
        }

        lock (_turn)
        {
            parcel.Returned = null;
            _window.Add(parcel);
        }

        await _channel.BasicPublishAsync(
            parcel.Exchange, parcel.RoutingKey, mandatory: true, parcel.Properties, parcel.Body, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Has it ended, and what is not confirmed sent again on another channel.</summary>
    public void Suspect() => _ = EndedAsync();

    /// <summary>Ends it.</summary>
    /// <returns>What has to be sent again, in order.</returns>
    public async Task<IReadOnlyList<Parcel>> EndAsync(TopologyDesk topology)
    {
        var reason = _channel.CloseReason;
        var isOnlyTheChannel = reason is { Initiator: ShutdownInitiator.Peer } && _open.IsOpen;
        try
        {
            await _channel.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It was broken already.
        }

        List<Parcel> rest;
        lock (_turn)
        {
            rest = _window.Rest();
        }

        Dispose();
        if (!isOnlyTheChannel)
        {
            return rest;
        }

        // The broker refuses something about one exchange, and says which; what goes elsewhere is sent again.
        topology.Forget();
        var error = BrokerErrors.Explain(reason!, _context);
        var refused = rest.FindAll(parcel => reason!.ReplyText.Contains($"'{parcel.Exchange}'", StringComparison.Ordinal));
        foreach (var parcel in refused.Count > 0 ? refused : rest)
        {
            parcel.Fail(new EventTransportException(error));
        }

        return rest.FindAll(parcel => !parcel.Confirmed.IsCompleted);
    }

    public void Dispose()
    {
        _closed.Dispose();
        _room.Dispose();
    }

    private Task Confirmed(ulong number, bool multiple, bool isStored)
    {
        List<Parcel> taken;
        lock (_turn)
        {
            taken = _window.Take(number, multiple);
        }

        foreach (var parcel in taken)
        {
            if (!isStored)
            {
                parcel.Fail(new EventTransportException(
                    $"{ErrorIds.NotConfirmed} RabbitMQ could not store a message for '{Target(parcel)}': a queue is full "
                    + "(its max-length with reject-publish, perhaps by a policy) or most of its members are away. See "
                    + "rabbitmqctl list_queues name messages policy, and rabbitmq-queues quorum_status <queue>."));
            }
            else if (parcel.Returned is { } text)
            {
                parcel.Fail(new EventTransportException(
                    $"{ErrorIds.Returned} RabbitMQ sent a message for '{Target(parcel)}' back ({text}): a queue or binding "
                    + "is missing that has to be there. Let a process with CloudNative:RabbitMq:Provision=Create start, or "
                    + "make it by hand as docs/providers/rabbitmq.md lists it."));
            }
            else
            {
                parcel.Confirm();
            }
        }

        if (taken.Count > 0)
        {
            TryRelease(taken.Count);
        }

        return Task.CompletedTask;
    }

    private async Task EndedAsync()
    {
        try
        {
            await _closed.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The session has ended already.
        }
    }

    private void TryRelease(int count)
    {
        try
        {
            _room.Release(count);
        }
        catch (ObjectDisposedException)
        {
            // A last confirm of a channel that has ended.
        }
    }

    private Task Returned(BasicReturnEventArgs returned)
    {
        lock (_turn)
        {
            var messageId = returned.BasicProperties.IsMessageIdPresent() ? returned.BasicProperties.MessageId : null;
            _window.Find(returned.Exchange, returned.RoutingKey, messageId)?.Returned =
                $"{returned.ReplyCode} {returned.ReplyText}";
        }

        return Task.CompletedTask;
    }

    private static string Target(Parcel parcel) => parcel.Exchange.Length > 0 ? parcel.Exchange : parcel.RoutingKey;
}
