using System.Data.Common;
using CloudNative.EntityFrameworkCore.Contexts;
using CloudNative.EntityFrameworkCore.Model;
using CloudNative.Eventing;
using CloudNative.Shared.OutboxSql;
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
        try
        {
            return await InboxRows
                .TryClaimAsync(transaction, database.Tables.Inbox, group, source, id, time.GetUtcNow(), cancellationToken)
                .ConfigureAwait(false);
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
            (connection, tables, token) => InboxRows.ForgetAsync(connection, tables.Inbox, before, limit, token),
            cancellationToken);
    }
}
