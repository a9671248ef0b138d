using CloudNative.PostgreSql.Databases;
using Npgsql;

namespace CloudNative.PostgreSql.Outbox;

/// <summary>
/// The right to drain, among all processes: an advisory lock of a connection that is kept for as long. The server lets
/// go of it when the process ends, however it ends. It spares work and keeps a transport without deduplication from
/// getting events twice; nothing is lost without it.
/// </summary>
internal sealed class AdvisoryTurn : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly string _key;

    private AdvisoryTurn(NpgsqlConnection connection, string key) => (_connection, _key) = (connection, key);

    /// <summary>Takes the turn, or answers null while somebody else has it.</summary>
    public static async ValueTask<IAsyncDisposable?> TryTakeAsync(
        PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        var key = $"hashtextextended('cloudnative outbox {database.Schema}', 0)";
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await connection.ScalarAsync<bool>($"SELECT pg_try_advisory_lock({key})", cancellationToken).ConfigureAwait(false))
            {
                return new AdvisoryTurn(connection, key);
            }
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.ExecuteAsync($"SELECT pg_advisory_unlock({_key})", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            // The connection is gone, and with it the lock.
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
