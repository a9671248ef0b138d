using System.Data.Common;

namespace CloudNative.Shared.OutboxSql;

/// <summary>
/// Statements on claims, in words that SQLite and PostgreSQL share. Rows lie in the order in which they were claimed.
/// </summary>
internal static class InboxRows
{
    /// <summary>
    /// Claims an event; waits for another open transaction that claims it, and goes by how that ends.
    /// </summary>
    public static async ValueTask<bool> TryClaimAsync(
        DbTransaction transaction,
        string table,
        string group,
        string source,
        string id,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        const string Values = "(consumer, source, id, claimed) VALUES (@0, @1, @2, @3) ON CONFLICT DO NOTHING";
        return await transaction.Connection!
            .Command(transaction, $"INSERT INTO {table} {Values}", group, source, id, now.ToUnixTimeMilliseconds())
            .ExecuteAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Forgets the oldest claims.</summary>
    public static async ValueTask<int> ForgetAsync(
        DbConnection connection, string table, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        // A look first: most of the time there is nothing to do, and then nothing is written. It stops at the first
        // that is young enough: a clock that was set back keeps some longer, and none shorter.
        var last = await connection.Command(
            null,
            $"""
            SELECT COALESCE(MAX(position), 0) FROM
                (SELECT position, claimed FROM {table} ORDER BY position LIMIT @0) AS oldest
            WHERE position < COALESCE((SELECT MIN(position) FROM
                (SELECT position, claimed FROM {table} ORDER BY position LIMIT @0) AS young WHERE claimed >= @1),
                9223372036854775807)
            """,
            limit, before.ToUnixTimeMilliseconds()).ScalarAsync(cancellationToken).ConfigureAwait(false);
        return last == 0
            ? 0
            : await connection.Command(null, $"DELETE FROM {table} WHERE position <= @0", last)
                .ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }
}
