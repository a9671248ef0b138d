using System.Threading.Channels;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Topology;
using Microsoft.Extensions.Logging;

namespace CloudNative.RabbitMq.Publishing;

/// <summary>
/// Sends messages in order, many at a time before the first is confirmed. What is not confirmed when the connection goes is sent
/// again, in the same order, before anything newer: it may be stored twice then, and is never lost. One loop sends.
/// </summary>
internal sealed partial class ConfirmedPublisher(BrokerContext context, BrokerConnection connection, TopologyDesk topology)
    : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = context.Logger;
    private readonly Channel<Parcel> _inbox = Channel.CreateUnbounded<Parcel>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private Task? _running;
    private EventTransportException? _trouble;
    private volatile PublishSession? _session;

    /// <summary>Sends messages and waits until all are confirmed.</summary>
    /// <exception cref="EventTransportException">One was not, in time or at all.</exception>
    public async ValueTask PublishAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancellationToken)
    {
        Start();
        foreach (var parcel in parcels)
        {
            ObjectDisposedException.ThrowIf(!_inbox.Writer.TryWrite(parcel), this);
        }

        var all = parcels.Count == 1 ? parcels[0].Confirmed : Task.WhenAll(parcels.Select(parcel => parcel.Confirmed));
        try
        {
            await all.WaitAsync(context.Options.PublishTimeout, context.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            Abandon(parcels);
            if (connection.BlockedReason is null)
            {
                // A broker that has just come back may have lost what it took before the queue was there, and
                // would never say so.
                _session?.Suspect();
            }

            throw Late(exception);
        }
        catch (OperationCanceledException)
        {
            Abandon(parcels);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _inbox.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
        {
            await running.ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    private static void Abandon(IReadOnlyList<Parcel> parcels)
    {
        foreach (var parcel in parcels)
        {
            parcel.IsAbandoned = true;
        }
    }

    private EventTransportException Late(TimeoutException exception)
    {
        var timeout = context.Options.PublishTimeout;
        const string key = "CloudNative:RabbitMq:PublishTimeout";
        if (connection.BlockedReason is { } blocked)
        {
            return new EventTransportException(
                $"{ErrorIds.Blocked} RabbitMQ takes nothing from publishers ({blocked}), for longer than {key} ({timeout}). "
                + "Give the broker memory or disk, or take from its queues what fills them (rabbitmqctl list_queues name messages memory).",
                exception);
        }

        return _trouble is { } trouble
            ? new EventTransportException(trouble.Message, exception)
            : new EventTransportException(
                $"{ErrorIds.NotConfirmed} RabbitMQ did not confirm within {key} ({timeout}): it is overloaded, or most of the members of a "
                + "quorum queue are away (rabbitmq-queues quorum_status <queue>). The event may be stored all the same.",
                exception);
    }

    // No task before the first event.
    private void Start()
    {
        lock (_starting)
        {
            _running ??= Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        var cancellationToken = _stopping.Token;
        IReadOnlyList<Parcel> again = [];
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            PublishSession? session = null;
            try
            {
                session = await PublishSession.OpenAsync(context, connection, cancellationToken).ConfigureAwait(false);
                _session = session;
                _trouble = null;
                failures = 0;
                await SendAsync(session, again, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The service stops.
            }
            catch (Exception exception)
            {
                _trouble = BrokerErrors.From(exception, context);
                LogTrouble(_trouble.Message);
                var wait = FirstWait * Math.Pow(2, Math.Min(failures++, 10));
                await WaitAsync(wait < LongestWait ? wait : LongestWait, cancellationToken).ConfigureAwait(false);
            }

            if (session is not null)
            {
                _session = null;
                var rest = await session.EndAsync(topology).ConfigureAwait(false);
                again = [.. rest.Concat(again.Where(parcel => !parcel.Confirmed.IsCompleted)).Distinct()];
            }
        }

        while (_inbox.Reader.TryRead(out var left))
        {
            left.Fail(new ObjectDisposedException(nameof(ConfirmedPublisher)));
        }

        foreach (var left in again)
        {
            left.Fail(new ObjectDisposedException(nameof(ConfirmedPublisher)));
        }
    }

    private async Task SendAsync(PublishSession session, IReadOnlyList<Parcel> again, CancellationToken cancellationToken)
    {
        if (again.Count > 0)
        {
            context.Metrics.Resent(again.Count);
        }

        foreach (var parcel in again)
        {
            await session.SendAsync(parcel, cancellationToken).ConfigureAwait(false);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Closed);
        try
        {
            while (await _inbox.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false))
            {
                await session.WaitForRoomAsync(either.Token).ConfigureAwait(false);
                if (_inbox.Reader.TryRead(out var parcel))
                {
                    await session.SendAsync(parcel, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The channel is gone; the next one takes over.
        }
    }

    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(time, context.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop looks at it.
        }
    }
}
