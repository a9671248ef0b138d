using System.Threading.Channels;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Databases;
using CloudNative.Shared.EventLog;
using Npgsql;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>
/// Appends what waits in one round trip and one commit; what comes meanwhile waits for the next. A group that fails is tried one by one,
/// since one may be at fault for all.
/// </summary>
internal sealed class AppendLane : IAsyncDisposable
{
    private const int MostEvents = 2000;
    private const long MostBytes = 8 * 1024 * 1024;
    private const int Tries = 3;

    private readonly Channel<AppendRequest> _waiting =
        Channel.CreateUnbounded<AppendRequest>(new UnboundedChannelOptions { SingleReader = true });

    private readonly LogContext _context;
    private readonly ServerClock _clock;
    private readonly Action _appended;
    private readonly Task _running;

    /// <param name="context">What the log needs.</param>
    /// <param name="clock">The time of what is stored.</param>
    /// <param name="appended">Called after each commit.</param>
    public AppendLane(LogContext context, ServerClock clock, Action appended)
    {
        (_context, _clock, _appended) = (context, clock, appended);
        _running = Task.Run(RunAsync);
    }

    public Task AppendAsync(NewEvent[] events)
    {
        var request = new AppendRequest(events);
        return _waiting.Writer.TryWrite(request)
            ? request.Task
            : Task.FromException(new EventTransportException(
                $"{Configuration.ErrorIds.Failed} The event log is closed."));
    }

    /// <summary>Ends after what was handed over.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var group = new List<AppendRequest>();
        AppendRequest? next = null;
        while (next is not null || await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            next = Gather(group, next);
            if (await TryStoreAsync(group).ConfigureAwait(false) is not { } failure)
            {
                continue;
            }

            if (group.Count == 1 || failure is PostgreSqlStoreException { InnerException: not PostgresException })
            {
                group.ForEach(request => request.Failed(Tell(failure)));
                continue;
            }

            foreach (var request in group)
            {
                if (await TryStoreAsync([request]).ConfigureAwait(false) is { } own)
                {
                    request.Failed(Tell(own));
                }
            }
        }
    }

    // What does not fit any more is the first of the next group.
    private AppendRequest? Gather(List<AppendRequest> group, AppendRequest? first)
    {
        var (events, bytes) = (0, 0L);
        while (first is not null || _waiting.Reader.TryRead(out first))
        {
            if (group.Count > 0 && (events + first.Count > MostEvents || bytes + first.Bytes > MostBytes))
            {
                return first;
            }

            group.Add(first);
            events += first.Count;
            bytes += first.Bytes;
            first = null;
        }

        return null;
    }

    /// <returns>What went wrong, or null.</returns>
    private async Task<Exception?> TryStoreAsync(List<AppendRequest> group)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await StoreAsync(group).ConfigureAwait(false);
                break;
            }
            catch (NpgsqlException exception) when (tries < Tries && exception.IsTransient)
            {
                // A pooled connection of a server that was restarted, or a deadlock. What was stored after all is known by its identity.
            }
            catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
            {
                if (exception is PostgresException answer && DatabaseErrors.AreTablesMissing(answer))
                {
                    _context.Database.Forget(EventTables.Set);
                }

                return _context.Database.Translate(exception);
            }
            catch (Exception exception)
            {
                return exception;
            }
        }

        group.ForEach(request => request.Stored());
        _appended();
        return null;
    }

    private async Task StoreAsync(List<AppendRequest> group)
    {
        var connection = await _context.Database.OpenAsync(EventTables.Set, CancellationToken.None).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = AppendCall.Create(connection, _context.Database.Schema, _clock.Now, group);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        }
    }

    private static Exception Tell(Exception exception) =>
        exception is PostgreSqlStoreException ? new EventTransportException(exception.Message, exception) : exception;
}
