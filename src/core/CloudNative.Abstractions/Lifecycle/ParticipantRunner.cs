using Microsoft.Extensions.Logging;

namespace CloudNative.Lifecycle;

/// <summary>
/// Runs one phase on all participants at once; none can hold up the others by failing, nor the stop by hanging.
/// </summary>
internal sealed partial class ParticipantRunner(
    IEnumerable<ILifecycleParticipant> participants, TimeProvider time, ILogger<ParticipantRunner> logger)
{
    /// <summary>
    /// What taking announcements back may take. With the wait and the drain it stays within the host's ShutdownTimeout,
    /// which is raised to hold both and 5 s.
    /// </summary>
    internal static readonly TimeSpan WithdrawTimeout = TimeSpan.FromSeconds(4);

    private readonly ILifecycleParticipant[] _participants = [.. participants];

    public Task AnnounceAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_participants.Select(participant => RunAsync(
            participant, nameof(ILifecycleParticipant.AnnounceAsync), participant.AnnounceAsync, cancellationToken)));

    /// <returns>The longest that any participant asks to wait; nothing from one that failed.</returns>
    public async Task<TimeSpan> WithdrawAsync(CancellationToken cancellationToken)
    {
        using var budget = new Budget(WithdrawTimeout, time, cancellationToken);
        var waits = await Task.WhenAll(_participants.Select(async participant =>
        {
            var wait = TimeSpan.Zero;
            await RunAsync(
                participant,
                nameof(ILifecycleParticipant.WithdrawAsync),
                async token => wait = await participant.WithdrawAsync(token).ConfigureAwait(false),
                budget.Token).ConfigureAwait(false);
            return wait;
        })).ConfigureAwait(false);
        return waits.Append(TimeSpan.Zero).Max();
    }

    /// <returns>Names of the participants that had not finished when the budget was spent.</returns>
    public async Task<IReadOnlyList<string>> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var budget = new Budget(timeout, time, cancellationToken);
        var unfinished = await Task.WhenAll(_participants.Select(async participant =>
            await RunAsync(participant, nameof(ILifecycleParticipant.DrainAsync), participant.DrainAsync, budget.Token)
                .ConfigureAwait(false) ? null : participant.GetType().Name)).ConfigureAwait(false);
        return [.. unfinished.OfType<string>()];
    }

    /// <returns>Whether the participant finished in time; a failure is logged and counts as finished.</returns>
    private async Task<bool> RunAsync(
        ILifecycleParticipant participant,
        string phase,
        Func<CancellationToken, ValueTask> act,
        CancellationToken cancellationToken)
    {
        try
        {
            // WaitAsync, so that a participant deaf to its token cannot hold up the stop.
            await act(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            LogFailed(exception, participant.GetType().Name, phase);
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Participant} failed in {Phase}; the others go on.")]
    private partial void LogFailed(Exception exception, string participant, string phase);

    /// <summary>
    /// A token that fires when the time has passed or the host's patience ends; at once for no time at all.
    /// </summary>
    private sealed class Budget : IDisposable
    {
        private readonly CancellationTokenSource _time;
        private readonly CancellationTokenSource _both;

        public Budget(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
        {
            _time = timeout > TimeSpan.Zero ? new(timeout, time) : new();
            _both = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, cancellationToken);
            if (timeout <= TimeSpan.Zero)
            {
                _time.Cancel();
            }
        }

        public CancellationToken Token => _both.Token;

        public void Dispose()
        {
            _both.Dispose();
            _time.Dispose();
        }
    }
}
