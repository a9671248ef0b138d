using System.Diagnostics.CodeAnalysis;
using CloudNative.PostgreSql.Configuration;
using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Events.Storage;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;
using Npgsql;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>
/// The one thread of this process that changes groups: settlements, as many at a time as wait; and, each in a
/// transaction of its own, who is in a group and who has what of it. Those of all processes go one after another, under
/// an advisory lock.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "Its thread disposes the connection.")]
internal sealed class LogWriter : IAsyncDisposable
{
    // Whoever is paused in the middle of a change loses it, so that others wait no longer than this.
    private const string Patience = "5000";

    private readonly Lock _gate = new();
    private readonly LogContext _context;
    private readonly LogSession _session;
    private readonly PgConnection _connection;
    private readonly PgTables _tables;
    private readonly StoreThread _thread;
    private readonly int _lockClass;
    private List<SettleRequest> _settlements = [];

    public LogWriter(LogContext context, LogSession session)
    {
        _context = context;
        _session = session;
        _connection = new PgConnection(context.Database);
        _tables = new PgTables(_connection, locks: true);
        _thread = new StoreThread("cloudnative-events-write", context.TimeProvider);
        _lockClass = AdvisoryLocks.ClassOf(context.Database.Schema);
    }

    public void Settle(SettleRequest request)
    {
        bool isFirst;
        lock (_gate)
        {
            _settlements.Add(request);
            isFirst = _settlements.Count == 1;
        }

        if (isFirst && !_thread.TryPost(Settle))
        {
            FailAll(Closed());
        }
    }

    /// <summary>Changes something in a transaction of its own.</summary>
    public Task<T> RunAsync<T>(Func<PgTables, WriteScope, T> work) => PostAsync(() => Transact(work));

    /// <summary>Changes something of a member's shares; what comes after it on this thread sees the change.</summary>
    public Task ChangeAsync(GroupMember member, ShareChange change) => PostAsync(() =>
    {
        var call = new ChangeCall(member, change);
        Transact(call.Run);
        call.Committed();
        return 0;
    });

    /// <summary>Runs one statement by itself.</summary>
    public Task<T> RunAloneAsync<T>(Func<PgConnection, T> work) => PostAsync(() => work(_connection));

    public async ValueTask DisposeAsync()
    {
        Task closed = PostAsync(() =>
        {
            _connection.Dispose();
            return 0;
        });
        _thread.Dispose();
        await closed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        FailAll(Closed());
    }

    private static PostgreSqlStoreException Closed() => new(ErrorIds.Failed, "The event log is closed.");

    private Task<T> PostAsync<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isPosted = _thread.TryPost(() =>
        {
            try
            {
                completion.SetResult(Try(work));
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
            }
        });
        return isPosted ? completion.Task : Task.FromException<T>(Closed());
    }

    private T Transact<T>(Func<PgTables, WriteScope, T> work)
    {
        var scope = new WriteScope(_session.Now);
        T result;
        using (var transaction = _connection.Begin())
        {
            _connection.Run(
                "SELECT set_config('idle_in_transaction_session_timeout', $1, true), pg_advisory_xact_lock($2, $3)",
                Patience,
                _lockClass,
                AdvisoryLocks.Changes);
            result = work(_tables, scope);
            transaction.Commit();
        }

        if (scope.IsTold)
        {
            _session.Tell();
        }

        return result;
    }

    private void Settle()
    {
        List<SettleRequest> requests;
        lock (_gate)
        {
            (requests, _settlements) = (_settlements, []);
        }

        if (TrySettle(requests) is not { } failure)
        {
            return;
        }

        // One of them may be at fault for all, unless it is the way to the server.
        var isShared = requests.Count == 1 || failure.InnerException is not PostgresException;
        foreach (var request in requests)
        {
            if (isShared)
            {
                request.Failed(failure);
            }
            else if (TrySettle([request]) is { } own)
            {
                request.Failed(own);
            }
        }
    }

    private Exception? TrySettle(List<SettleRequest> requests)
    {
        try
        {
            Try(() =>
            {
                new SettleCall(requests, _session.Now).Run(_connection);
                return 0;
            });
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    // A connection that fails is given up. The server may only have been started again, so another is tried at once.
    private T Try<T>(Func<T> work)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            try
            {
                var result = work();
                _session.Trouble.Write(null);
                return result;
            }
            catch (NpgsqlException exception) when (!isAgain && exception.IsTransient)
            {
                _connection.Release();
            }
            catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
            {
                _connection.Release();
                throw _context.Database.Translate(exception);
            }
        }
    }

    private void FailAll(Exception exception)
    {
        List<SettleRequest> requests;
        lock (_gate)
        {
            (requests, _settlements) = (_settlements, []);
        }

        requests.ForEach(request => request.Failed(exception));
    }
}
