using CloudNative.Eventing;
using CloudNative.PostgreSql.Databases;
using Npgsql;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>
/// One way to the server for what is appended, used for one group at a time. A group that fails is tried one by one, since one may be at
/// fault for all.
/// </summary>
/// <param name="context">What the log needs.</param>
/// <param name="clock">The time of what is stored.</param>
/// <param name="process">This process as it stands with its members.</param>
/// <param name="appended">Called after each commit, with whether other processes should be told.</param>
internal sealed class AppendLane(LogContext context, ServerClock clock, Func<string> process, Action<bool> appended)
{
    private const int Tries = 3;

    private NpgsqlConnection? _connection;

    /// <summary>Stores them, and tells each what became of it.</summary>
    public async Task StoreAsync(List<AppendRequest> group)
    {
        if (await TryStoreAsync(group).ConfigureAwait(false) is not { } failure)
        {
            return;
        }

        if (group.Count == 1 || failure is PostgreSqlStoreException { InnerException: not PostgresException })
        {
            group.ForEach(request => request.Failed(Tell(failure)));
            return;
        }

        foreach (var request in group)
        {
            if (await TryStoreAsync([request]).ConfigureAwait(false) is { } own)
            {
                request.Failed(Tell(own));
            }
        }
    }

    public async Task DisconnectAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Exception Tell(Exception exception) =>
        exception is PostgreSqlStoreException ? new EventTransportException(exception.Message, exception) : exception;

    /// <returns>What went wrong, or null.</returns>
    private async Task<Exception?> TryStoreAsync(List<AppendRequest> group)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var isForOthers = await CallAsync(group).ConfigureAwait(false);
                group.ForEach(request => request.Stored());
                appended(isForOthers);
                return null;
            }
            catch (NpgsqlException exception) when (tries < Tries && exception.IsTransient)
            {
                // A connection of a server that was restarted, or a deadlock. What was stored after all is known by its identity.
                await DisconnectAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                await DisconnectAsync().ConfigureAwait(false);
                return Translate(exception);
            }
        }
    }

    // The connection is kept: what a pool does between two of its users would be done between any two commits.
    private async Task<bool> CallAsync(List<AppendRequest> group)
    {
        _connection ??= await context.Database.OpenAsync(EventTables.Set, CancellationToken.None).ConfigureAwait(false);
        var command = AppendCall.Create(_connection, context.Database.Schema, process(), clock.Now, group);
        await using (command.ConfigureAwait(false))
        {
            await command.PrepareAsync().ConfigureAwait(false);
            return (bool)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
        }
    }

    private Exception Translate(Exception exception)
    {
        if (!DatabaseErrors.IsKnown(exception))
        {
            return exception;
        }

        if (exception is PostgresException answer && DatabaseErrors.AreTablesMissing(answer))
        {
            context.Database.Forget(EventTables.Set);
        }

        return context.Database.Translate(exception);
    }
}
