using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Consul.Registry;

/// <summary>
/// Bounds how many questions of this process are at the agent: each has a connection of its own, and an agent takes 200 from one address,
/// that is from all processes of a machine. More watches than that take turns, so that each is asked every <see cref="Round"/>.
/// Thread-safe.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose handle nobody asks for holds nothing to dispose.")]
internal sealed class BlockingQueryTurns(ConsulOptions options)
{
    /// <summary>How long a change can go unseen, at most, when watches take turns.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    // Questions that are answered at once pass those that wait: a service that is looked for the first time is needed now.
    private readonly SemaphoreSlim _waiting = new(options.MaxBlockingQueries);
    private readonly SemaphoreSlim _quick = new(Math.Max(1, options.MaxBlockingQueries / 4));
    private int _watches;

    /// <summary>A watch begins; disposed when it ends.</summary>
    public Place Join()
    {
        Interlocked.Increment(ref _watches);
        return new Place(this);
    }

    /// <summary>How long the next question may wait for a change.</summary>
    public TimeSpan Wait()
    {
        var watches = Volatile.Read(ref _watches);
        if (watches <= options.MaxBlockingQueries / 2)
        {
            return options.WaitTime;
        }

        // Before turns are needed questions get short enough that a turn comes soon when they are.
        var turn = Round * Math.Min(1, (double)options.MaxBlockingQueries / watches);
        return turn < options.WaitTime ? turn : options.WaitTime;
    }

    /// <summary>Waits for a turn.</summary>
    /// <returns>What to dispose when the answer is there.</returns>
    public async Task<Turn> EnterAsync(bool isWaiting, CancellationToken cancellationToken)
    {
        var turns = isWaiting ? _waiting : _quick;
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(turns);
    }

    public readonly struct Place(BlockingQueryTurns turns) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref turns._watches);
    }

    public readonly struct Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
