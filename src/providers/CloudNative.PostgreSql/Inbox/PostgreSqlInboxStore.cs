using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Outbox;
using CloudNative.Shared.OutboxSql;
using Npgsql;

namespace CloudNative.PostgreSql.Inbox;

/// <summary>
/// The inbox in a PostgreSQL database of the service. The unique index has a second claim wait for the first one's
/// transaction.
/// </summary>
internal sealed class PostgreSqlInboxStore(OutboxDatabase database, TimeProvider time) : IInboxStore
{
    public string Name => database.Name;

    public bool Serves(DbTransaction transaction) => database.Serves(transaction);

    public ValueTask PrepareAsync(CancellationToken cancellationToken) => database.PrepareAsync(cancellationToken);

    public async ValueTask<bool> TryClaimAsync(
        DbTransaction transaction, string group, string source, string id, CancellationToken cancellationToken)
    {
        // A statement that fails ends the caller's transaction, so the tables are looked for before, once.
        await database.PrepareAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await InboxRows
                .TryClaimAsync(transaction, database.Names.Inbox, group, source, id, time.GetUtcNow(), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PostgresException exception) when (OutboxDatabase.AreTablesMissing(exception))
        {
            throw database.Translate(exception);
        }
    }

    public ValueTask<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.RunAsync(
            (connection, names, token) => InboxRows.ForgetAsync(connection, names.Inbox, before, limit, token),
            cancellationToken);
    }
}
