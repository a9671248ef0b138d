using System.Data.Common;
using CloudNative.Embedded.Databases;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Outbox;

/// <summary>The outbox in a SQLite database of the service.</summary>
internal sealed partial class SqliteOutboxStore : IOutboxStore, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan _firstLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _lastLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly ServiceDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CommitWatch _watch;
    private readonly TableSet _tables = OutboxTables.Create();
    private readonly SemaphoreSlim _draining = new(1, 1);
    private OutboxBatch? _moved;

    public SqliteOutboxStore(ServiceDatabase database, TimeProvider time, ILogger<SqliteOutboxStore> logger)
    {
        _database = database;
        _time = time;
        _logger = logger;
        _watch = new CommitWatch(time);
    }

    public string Name => _database.Name;

    public bool Serves(DbTransaction transaction) =>
        transaction is SqliteTransaction { Connection: { } connection } && _database.Holds(connection);

    public async ValueTask PrepareAsync(CancellationToken cancellationToken) => await _database.RunAsync(
        connection =>
        {
            _tables.Prepare(connection, Name, _database.Options.Provisioning);
            return 0;
        },
        cancellationToken).ConfigureAwait(false);

    public ValueTask EnqueueAsync(DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        // On the caller's thread: it is the caller's connection, and its lock is held or waited for by the caller anyhow.
        var open = (SqliteTransaction)transaction;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            OutboxRows.Insert(open, outgoing, _time.GetUtcNow());
        }
        catch (SqliteException exception) when (TableSet.AreMissing(exception))
        {
            // Before the start, or after the file was replaced. They come and go with the caller's transaction.
            _tables.PrepareWithin(open.Connection!, Name, _database.Options.Provisioning);
            OutboxRows.Insert(open, outgoing, _time.GetUtcNow());
        }

        _watch.Add(open);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<int> DrainAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken)
    {
        await _draining.WaitAsync(cancellationToken).ConfigureAwait(false);
        IDisposable? turn = null;
        try
        {
            for (var left = 0; ;)
            {
                turn ??= await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
                if (turn is null)
                {
                    return left;
                }

                // What was moved but could not be removed: first that, so that it is not moved again.
                left += await SettleAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                var batch = await _database.RunAsync(OutboxRows.Read, cancellationToken).ConfigureAwait(false);
                if (batch.IsEmpty)
                {
                    return left;
                }

                await MoveAsync(batch, relay, cancellationToken).ConfigureAwait(false);
                left += await SettleAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            turn?.Dispose();
            _draining.Release();
        }
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (!await _database.RunAsync(connection => OrEmpty(connection, OutboxRows.Any), cancellationToken).ConfigureAwait(false))
        {
            await _watch.WaitAsync(_database.Options.PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<OutboxBacklog> GetBacklogAsync(CancellationToken cancellationToken) =>
        await _database.RunAsync(connection => OrEmpty(connection, OutboxRows.Measure), cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        _draining.Dispose();
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _draining.Dispose();
        _database.Dispose();
    }

    // Without tables nothing was enqueued: the service did not begin yet, or its file was replaced.
    private static T OrEmpty<T>(SqliteConnection connection, Func<SqliteConnection, T> read)
        where T : struct
    {
        try
        {
            return read(connection);
        }
        catch (SqliteException exception) when (TableSet.AreMissing(exception))
        {
            return default;
        }
    }

    private async Task MoveAsync(
        OutboxBatch batch,
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken)
    {
        foreach (var (position, reason) in batch.Aside)
        {
            LogSetAside(_logger, position, Name, reason);
        }

        if (batch.Events.Count > 0)
        {
            batch.Reject(await relay(batch.Events, cancellationToken).ConfigureAwait(false));
        }

        _moved = batch;
    }

    // Not to be cancelled: the transport has the events.
    private async Task<int> SettleAsync()
    {
        if (_moved is not { } batch)
        {
            return 0;
        }

        var removed = await _database
            .WriteAsync(connection => OutboxRows.Settle(connection, batch, _time.GetUtcNow()), CancellationToken.None)
            .ConfigureAwait(false);
        _moved = null;
        return removed;
    }

    // Null when there is nothing left to drain. Whoever has the turn and stands still for long, as a paused process does, is
    // gone past: rows may then be moved twice, which deduplication answers, but they do not wait for it.
    private async Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var seen = -1L;
        var since = _time.GetTimestamp();
        for (var look = _firstLook; ; look = look * 2 < _lastLook ? look * 2 : _lastLook)
        {
            var head = await _database
                .RunAsync(connection => OrEmpty(connection, OutboxRows.Head), cancellationToken)
                .ConfigureAwait(false);
            if (head == 0)
            {
                return null;
            }

            if (!DatabaseIdentity.IsFile(_database.Identity))
            {
                return NoTurn.Needed; // In memory, seen by this process alone.
            }

            if (RelayTurn.TryTake(_database.Identity) is { } turn)
            {
                return turn;
            }

            if (head != seen)
            {
                (seen, since) = (head, _time.GetTimestamp());
            }
            else if (_time.GetElapsedTime(since) >= _patience)
            {
                LogGoingPast(_logger, Name, _time.GetElapsedTime(since));
                return NoTurn.Needed;
            }

            await Task.Delay(look, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
