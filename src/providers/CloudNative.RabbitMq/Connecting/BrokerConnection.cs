using System.Globalization;
using CloudNative.Eventing;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Connecting;

/// <summary>
/// One connection that is opened when it is first needed and again when it is gone. The client's own recovery is switched off: it
/// would replay acknowledgements of deliveries that the broker has given to others, and would not send again what was not confirmed.
/// </summary>
internal sealed class BrokerConnection(BrokerContext context, string purpose) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _opening = new(1);
    private IConnection? _connection;
    private bool _isDisposed;

    private TaskCompletionSource? _blocked;

    /// <summary>Why the broker takes nothing now; <see langword="null"/> when it does.</summary>
    public string? BlockedReason { get; private set; }

    /// <summary>Waits while the broker takes nothing.</summary>
    public async ValueTask WhenTakingAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _blocked) is { } blocked)
        {
            await blocked.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The connection, open as far as can be known.</summary>
    /// <exception cref="EventTransportException">It cannot be opened.</exception>
    public async ValueTask<IConnection> GetAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_connection is { IsOpen: true } other)
            {
                return other;
            }

            await CloseAsync().ConfigureAwait(false);
            _connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return _connection;
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not ObjectDisposedException)
        {
            throw BrokerErrors.From(exception, context);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync().ConfigureAwait(false);
        try
        {
            _isDisposed = true;
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
            _opening.Dispose();
        }
    }

    private async Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = context.Address.Uri,
            ClientProvidedName = string.Create(CultureInfo.InvariantCulture, $"{context.Service} ({purpose})"),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = Patience,
            ContinuationTimeout = Patience,
            RequestedHeartbeat = Patience,
        };
        var connection = await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
        context.Metrics.ConnectionOpened(purpose);
        await Unblock().ConfigureAwait(false);
        connection.ConnectionBlockedAsync += (_, blocked) => Block(blocked.Reason);
        connection.ConnectionUnblockedAsync += (_, _) => Unblock();
        connection.ConnectionShutdownAsync += (_, _) => Unblock();
        return connection;
    }

    private Task Block(string reason)
    {
        BlockedReason = reason;
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _blocked, blocked, null) is null)
        {
            context.Metrics.Blocked(purpose);
        }

        return Task.CompletedTask;
    }

    private Task Unblock()
    {
        BlockedReason = null;
        if (Interlocked.Exchange(ref _blocked, null) is { } blocked)
        {
            context.Metrics.Unblocked(purpose);
            blocked.TrySetResult();
        }

        return Task.CompletedTask;
    }

    private async Task CloseAsync()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        _connection = null;
        try
        {
            using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(2), context.Time);
            await connection.CloseAsync(
                Constants.ReplySuccess, "The service stops", TimeSpan.FromSeconds(1), abort: true, enough.Token).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It was broken already; the broker notices by itself.
        }
    }
}
