using System.Data;
using System.Data.Common;

namespace CloudNative.Shared.OutboxSql;

/// <summary>
/// Tells that this process committed an event, where that is known; where it is not (a transaction of the driver's
/// own), looks begin soon and get rarer.
/// </summary>
internal class CommitSignal(TimeProvider time)
{
    // Each look waits for a quarter of the time that has passed since something was written.
    private const double Growth = 1.25;
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private TaskCompletionSource _next = New();
    private TimeSpan _step = TimeSpan.MaxValue;

    /// <summary>
    /// Completes with the next signal. To be taken before the table is looked at, so that none is missed in between.
    /// </summary>
    public Task Next
    {
        get
        {
            lock (_lock)
            {
                return _next.Task;
            }
        }
    }

    /// <summary>Something was committed.</summary>
    public void Committed() => Tell(step: null);

    /// <summary>
    /// Something will perhaps be committed, and nobody will tell. Most services close the connection when they have
    /// committed, which tells at once.
    /// </summary>
    public void Expect(DbConnection connection)
    {
        connection.StateChange -= ConnectionClosed; // One that stays open is used again and again.
        connection.StateChange += ConnectionClosed;
        Tell(_soon);
    }

    /// <summary>Completes when there is a row; looks when it is told of one, and when it is time.</summary>
    /// <param name="head">Answers the position of the oldest row, or 0.</param>
    /// <param name="longest">The longest time between two looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask WaitAsync(
        Func<CancellationToken, ValueTask<long>> head, TimeSpan longest, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Next; // Taken before the look, so that nothing is missed in between.
            if (await head(cancellationToken).ConfigureAwait(false) != 0)
            {
                return;
            }

            await PauseAsync(next, longest, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(Task next, TimeSpan longest, CancellationToken cancellationToken)
    {
        TimeSpan step;
        lock (_lock)
        {
            step = _step < longest ? _step : longest;
            _step = _step < longest ? _step * Growth : TimeSpan.MaxValue;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(step, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void ConnectionClosed(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Closed)
        {
            ((DbConnection)sender).StateChange -= ConnectionClosed;
            Committed();
        }
    }

    private void Tell(TimeSpan? step)
    {
        TaskCompletionSource next;
        lock (_lock)
        {
            (next, _next) = (_next, New());
            _step = step ?? _step;
        }

        next.TrySetResult();
    }
}
