using System.Data.Common;
using CloudNative.EntityFrameworkCore.Contexts;
using CloudNative.EntityFrameworkCore.Model;
using CloudNative.Eventing;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Inbox;

/// <summary>
/// The inbox in the database of a context. The unique index has a second claim wait for the first one's transaction.
/// </summary>
internal sealed class EntityFrameworkInboxStore<TContext>(ContextDatabase<TContext> database, TimeProvider time) : IInboxStore
    where TContext : DbContext
{
    public string Name => ContextDatabase<TContext>.Name;

    public bool Serves(DbTransaction transaction) =>
        transaction.Connection is { } connection && database.Holds(connection);

    public async ValueTask PrepareAsync(CancellationToken cancellationToken) =>
        await database.CheckAsync("inbox", EventTables.InboxVersion, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> TryClaimAsync(
        DbTransaction transaction, string group, string source, string id, CancellationToken cancellationToken)
    {
        const string Values = "(consumer, source, id, claimed) VALUES (@0, @1, @2, @3) ON CONFLICT DO NOTHING";
        try
        {
            return await transaction.Connection!
                .Command(
                    transaction,
                    $"INSERT INTO {database.Tables.Inbox} {Values}",
                    group,
                    source,
                    id,
                    time.GetUtcNow().ToUnixTimeMilliseconds())
                .ExecuteAsync(cancellationToken).ConfigureAwait(false) == 1;
        }
        catch (DbException exception) when (DatabaseErrors.IsTableMissing(exception))
        {
            throw DatabaseErrors.Translate(exception, Name);
        }
    }

    public ValueTask<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.RunAsync(
            (connection, tables, token) => ForgetAsync(connection, tables.Inbox, before.ToUnixTimeMilliseconds(), limit, token),
            cancellationToken);
    }

    // Rows lie in the order in which they were claimed. A look first: most of the time there is nothing to do, and then
    // nothing is written. Stops at the first that is young enough: a clock that was set back keeps some longer, and
    // none shorter.
    private static async ValueTask<int> ForgetAsync(
        DbConnection connection, string table, long before, int limit, CancellationToken cancellationToken)
    {
        var last = await connection.Command(
            null,
            $"""
            SELECT COALESCE(MAX(position), 0) FROM
                (SELECT position, claimed FROM {table} ORDER BY position LIMIT @0) AS oldest
            WHERE position < COALESCE((SELECT MIN(position) FROM
                (SELECT position, claimed FROM {table} ORDER BY position LIMIT @0) AS young WHERE claimed >= @1),
                9223372036854775807)
            """,
            limit, before).ScalarAsync(cancellationToken).ConfigureAwait(false);
        return last == 0
            ? 0
            : await connection.Command(null, $"DELETE FROM {table} WHERE position <= @0", last)
                .ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }
}
