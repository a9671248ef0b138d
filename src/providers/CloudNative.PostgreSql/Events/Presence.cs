using System.Globalization;
using System.Security.Cryptography;
using CloudNative.PostgreSql.Databases;
using Npgsql;

namespace CloudNative.PostgreSql.Events;

/// <summary>
/// This process as others see it: one connection that holds an advisory lock for as long as the process lives, which the server lets go
/// when it dies, and that hears when somebody tells of events. It comes back by itself.
/// </summary>
/// <param name="context">What the log needs.</param>
/// <param name="clock">Set right at each connection.</param>
/// <param name="told">Called when somebody told of events, and when something may have been missed.</param>
internal sealed class Presence(LogContext context, ServerClock clock, Action told) : IAsyncDisposable
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly int _class = AdvisoryLocks.ClassOf(context.Database.Schema);
    private int _number = NewNumber();
    private Task? _running;

    /// <summary>The process as it stands with its members.</summary>
    public string Name => _number.ToString(CultureInfo.InvariantCulture);

    public string Channel { get; } = $"{context.Database.Schema}_events";

    /// <summary>Whether somebody tells of events now, so that few looks are needed.</summary>
    public bool IsListening { get; private set; }

    /// <summary>Begins, once. Fails with what stands in the way, and may be asked again.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _running) is not null)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_running is null)
            {
                var connection = await ConnectAsync(isFirst: true, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _running, ListenAsync(connection));
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_running is not null)
        {
            await _running.ConfigureAwait(false);
        }

        _gate.Dispose();
        _stopping.Dispose();
    }

    private static int NewNumber() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    private async Task<NpgsqlConnection> ConnectAsync(bool isFirst, CancellationToken cancellationToken)
    {
        var connection = await context.Database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (!await TakeLockAsync(connection, cancellationToken).ConfigureAwait(false) && isFirst)
            {
                _number = NewNumber();
            }

            connection.Notification += (_, notification) =>
            {
                if (notification.Payload != Name)
                {
                    told();
                }
            };
            await connection.ExecuteAsync($"LISTEN {Channel}", cancellationToken).ConfigureAwait(false);
            await clock.AskAsync(connection, cancellationToken).ConfigureAwait(false);
            IsListening = true;
            return connection;
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw context.Database.Translate(exception);
        }
    }

    // Taking it again while it is held would count, so it is looked for first. It may still be held by the connection that was lost.
    private Task<bool> TakeLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.ScalarAsync<bool>(
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT EXISTS (
                SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = {_class} AND objid = {_number} AND objsubid = 2
                AND pid = pg_backend_pid())
            OR pg_try_advisory_lock({_class}, {_number})
            """),
        cancellationToken);

    // The pool would keep the lock until somebody uses the connection again.
    private static async Task LeaveAsync(NpgsqlConnection connection)
    {
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                if (connection.FullState == System.Data.ConnectionState.Open)
                {
                    await connection.ExecuteAsync("UNLISTEN *; SELECT pg_advisory_unlock_all()", CancellationToken.None)
                        .ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
            {
                // Then it is gone, and the lock with it.
            }
        }
    }

    private async Task ListenAsync(NpgsqlConnection? connection)
    {
        var pause = _firstPause;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                connection ??= await ConnectAsync(isFirst: false, _stopping.Token).ConfigureAwait(false);
                pause = _firstPause;
                told(); // Something may have been missed.
                while (true)
                {
                    if (!await connection.WaitAsync(_silence, _stopping.Token).ConfigureAwait(false))
                    {
                        await TakeLockAsync(connection, _stopping.Token).ConfigureAwait(false); // Also shows whether anybody is there.
                        await clock.AskAsync(connection, _stopping.Token).ConfigureAwait(false);
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException || DatabaseErrors.IsKnown(exception))
            {
                IsListening = false;
            }

            if (connection is not null)
            {
                await LeaveAsync(connection).ConfigureAwait(false);
                connection = null;
            }

            await Task.Delay(pause, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
    }
}
