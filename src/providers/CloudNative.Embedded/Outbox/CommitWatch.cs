using System.Data;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Outbox;

/// <summary>
/// Tells when a transaction that enqueued something is over. SQLite has one slot for a commit hook and that is the service's, so the
/// transaction itself is looked at: the driver takes its connection away when it ends. The looks begin with the enqueuing, get rarer
/// the longer it stays open, and end with it: each waits for a sixteenth of the time that it has been open. Most services close the
/// connection when they have committed, which tells at once; timers of a millisecond may take four.
/// </summary>
internal sealed class CommitWatch : IDisposable
{
    private const int StepsOfWhatIsOver = 16;
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly List<WeakReference<SqliteTransaction>> _open = [];
    private readonly ITimer _timer;
    private TaskCompletionSource _turn = NewTurn();
    private TimeSpan _openFor;

    public CommitWatch(TimeProvider timeProvider) =>
        _timer = timeProvider.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Begins to watch an open transaction, unless it is watched. On the thread that uses its connection.</summary>
    public void Add(SqliteTransaction transaction)
    {
        var connection = transaction.Connection!;
        connection.StateChange -= ConnectionClosed; // One that stays open is used again and again.
        connection.StateChange += ConnectionClosed;
        lock (_lock)
        {
            if (!_open.Exists(known => known.TryGetTarget(out var target) && ReferenceEquals(target, transaction)))
            {
                _open.Add(new WeakReference<SqliteTransaction>(transaction));
                _openFor = TimeSpan.Zero;
            }
        }

        Wake();
    }

    /// <summary>Completes when a watched transaction is over, or when the time has passed.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < longest;)
        {
            Task turn;
            TimeSpan step;
            lock (_lock)
            {
                if (_open.RemoveAll(IsOver) > 0)
                {
                    return;
                }

                turn = _turn.Task;
                step = _open.Count == 0 ? longest - waited : NextStep();
                _timer.Change(step, Timeout.InfiniteTimeSpan);
            }

            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            waited += step;
        }
    }

    public void Dispose() => _timer.Dispose();

    // One that nobody holds any more was rolled back by the driver.
    private static bool IsOver(WeakReference<SqliteTransaction> watched) =>
        !watched.TryGetTarget(out var transaction) || transaction.Connection is null;

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void ConnectionClosed(object? sender, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Closed)
        {
            ((SqliteConnection)sender!).StateChange -= ConnectionClosed;
            Wake();
        }
    }

    private TimeSpan NextStep()
    {
        var share = _openFor / StepsOfWhatIsOver;
        var step = share < _shortest ? _shortest : share < _longest ? share : _longest;
        _openFor += step;
        return step;
    }

    private void Wake()
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            turn = _turn;
            _turn = NewTurn();
        }

        turn.TrySetResult();
    }
}
