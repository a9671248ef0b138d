using CloudNative.PostgreSql.Databases;
using CloudNative.Shared.OutboxSql;
using Npgsql;

namespace CloudNative.PostgreSql.Leases;

/// <summary>
/// The leases as they stand in the database. Each statement decides under the row's lock, by the server's clock: nobody
/// else's counts.
/// </summary>
internal sealed class LeaseTables(PostgreSqlDatabase database)
{
    private const int Version = 1;

    private readonly TableSet _tables = TableSet.FromResources("leases", Version);

    /// <summary>Takes a lease that is free or expired.</summary>
    /// <returns>The token, or 0 while somebody else holds it.</returns>
    public Task<long> TryTakeAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken) => RunAsync(
        schema => $"""
            INSERT INTO {schema}.leases AS held (name, holder, token, expires)
            VALUES (@0, @1, 1, {schema}.lease_time() + make_interval(secs => @2))
            ON CONFLICT (name) DO UPDATE SET
                holder = excluded.holder, token = held.token + 1, expires = {schema}.lease_time() + make_interval(secs => @2)
            WHERE held.holder IS NULL OR held.expires <= {schema}.lease_time()
            RETURNING token
            """,
        async (command, token) => await command.ScalarAsync(token).ConfigureAwait(false),
        [name, holder, duration.TotalSeconds],
        cancellationToken);

    /// <summary>False when the lease has expired or somebody else holds it.</summary>
    public Task<bool> RenewAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken) => RunAsync(
        schema => $"""
            UPDATE {schema}.leases SET expires = {schema}.lease_time() + make_interval(secs => @2)
            WHERE name = @0 AND holder = @1 AND expires > {schema}.lease_time()
            """,
        async (command, token) => await command.ExecuteAsync(token).ConfigureAwait(false) == 1,
        [name, holder, duration.TotalSeconds],
        cancellationToken);

    /// <summary>Frees a lease, if it is still this holder's.</summary>
    public Task<bool> ReleaseAsync(string name, string holder, CancellationToken cancellationToken) => RunAsync(
        schema => $"UPDATE {schema}.leases SET holder = NULL WHERE name = @0 AND holder = @1",
        async (command, token) => await command.ExecuteAsync(token).ConfigureAwait(false) == 1,
        [name, holder],
        cancellationToken);

    private async Task<T> RunAsync<T>(
        Func<string, string> sql,
        Func<System.Data.Common.DbCommand, CancellationToken, Task<T>> run,
        object[] values,
        CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.OpenAsync(_tables, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await run(connection.Command(null, sql(database.Schema), values), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            if (exception is PostgresException answer && DatabaseErrors.AreTablesMissing(answer))
            {
                database.Forget(_tables);
            }

            throw database.Translate(exception);
        }
    }
}
