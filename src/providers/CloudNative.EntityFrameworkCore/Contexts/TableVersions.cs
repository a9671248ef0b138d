using CloudNative.Shared.OutboxSql;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Contexts;

/// <summary>Whether the tables that migrations made fit this package.</summary>
internal static class TableVersions
{
    /// <summary>
    /// Refuses tables that are missing or too new; the next version is taken, since a version only adds.
    /// </summary>
    public static async ValueTask<int> CheckAsync<TContext>(
        this ContextDatabase<TContext> database, string tables, int known, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        database.EnsureKnown();
        var found = await database
            .RunAsync((connection, names, token) => FindAsync(connection, names, tables, token), cancellationToken)
            .ConfigureAwait(false);
        return found <= known + 1
            ? known
            : throw DatabaseErrors.TablesTooNew(ContextDatabase<TContext>.Name, tables, found, known);
    }

    private static ValueTask<long> FindAsync(
        DbConnection connection, OutboxNames names, string tables, CancellationToken cancellationToken) =>
        connection.Command(null, $"SELECT version FROM {names.Versions} WHERE name = @0", tables).ScalarAsync(cancellationToken);
}
