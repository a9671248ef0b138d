using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using CloudNative.EntityFrameworkCore.Contexts;
using CloudNative.Shared.OutboxSql;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Outbox;

/// <summary>
/// The right to drain, among all processes: a row that names its owner. Who works shows it by a beat; who waits takes
/// over when the beat has stood still by the clock of the one who waits. It spares work and keeps a transport without
/// deduplication from getting events twice; nothing is lost without it.
/// </summary>
internal sealed class OutboxTurns<TContext>(
    ContextDatabase<TContext> database, TimeProvider time, Func<TimeSpan> takeOverAfter)
    where TContext : DbContext
{
    private readonly string _me = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private (string? Owner, long Beat) _seen;
    private long _since;

    /// <summary>Takes the turn, or answers null while somebody else works. Called by one at a time.</summary>
    public async ValueTask<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var taken = await database.RunAsync(
            async (connection, tables, token) =>
            {
                if (await TakeAsync(connection, tables, "owner IS NULL", token).ConfigureAwait(false))
                {
                    return true;
                }

                var seen = await ReadAsync(connection, tables, token).ConfigureAwait(false);
                if (seen != _seen)
                {
                    (_seen, _since) = (seen, now);
                    return false;
                }

                // Within one statement: if it moved after all, nothing happens.
                const string Unmoved = "owner = @1 AND beat = @2";
                return time.GetElapsedTime(_since, now) >= takeOverAfter()
                    && await TakeAsync(connection, tables, Unmoved, token, seen.Owner, seen.Beat).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return taken ? new Turn(this, takeOverAfter() / 3) : null;
    }

    private static async ValueTask<(string? Owner, long Beat)> ReadAsync(
        DbConnection connection, OutboxNames tables, CancellationToken cancellationToken)
    {
        var command = connection.Command(null, $"SELECT owner, beat FROM {tables.Turn}");
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ? (reader.GetValue(0) as string, reader.GetInt64(1))
                    : default;
            }
        }
    }

    private async ValueTask<bool> TakeAsync(
        DbConnection connection, OutboxNames tables, string when, CancellationToken cancellationToken, params object?[] values) =>
        await connection
            .Command(null, $"UPDATE {tables.Turn} SET owner = @0, beat = beat + 1 WHERE {when}", [_me, .. values])
            .ExecuteAsync(cancellationToken).ConfigureAwait(false) > 0;

    private ValueTask<int> UpdateAsync(string set) => database.RunAsync(
        (connection, tables, token) => connection
            .Command(null, string.Create(CultureInfo.InvariantCulture, $"UPDATE {tables.Turn} SET {set} WHERE owner = @0"), _me)
            .ExecuteAsync(token),
        CancellationToken.None);

    /// <summary>The turn while it is held.</summary>
    private sealed class Turn : IAsyncDisposable
    {
        private readonly OutboxTurns<TContext> _turns;
        private readonly CancellationTokenSource _over = new();
        private readonly Task _beating;

        public Turn(OutboxTurns<TContext> turns, TimeSpan every)
        {
            _turns = turns;
            _beating = BeatAsync(every);
        }

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync().ConfigureAwait(false);
            await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _over.Dispose();
            try
            {
                await _turns.UpdateAsync("owner = NULL").ConfigureAwait(false);
            }
            catch (Eventing.EventTransportException)
            {
                // Others go past it by the beat that stands still.
            }
        }

        private async Task BeatAsync(TimeSpan every)
        {
            using var timer = new PeriodicTimer(every, _turns.Time);
            while (await timer.WaitForNextTickAsync(_over.Token).ConfigureAwait(false))
            {
                try
                {
                    await _turns.UpdateAsync("beat = beat + 1").ConfigureAwait(false);
                }
                catch (Eventing.EventTransportException)
                {
                    // The next beat may get through; if none does, others take over, and events may be moved twice.
                }
            }
        }
    }

    private TimeProvider Time => time;
}
