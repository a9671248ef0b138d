using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Testing;

/// <summary>Moves a virtual clock for code whose work goes on in the background.</summary>
public static class VirtualTime
{
    private const int YieldsAStep = 20;

    /// <summary>
    /// Advances in steps until a condition holds, and lets background work run between them. Ends as soon as it
    /// holds, so the clock stands at most one step too far.
    /// </summary>
    /// <param name="clock">The clock.</param>
    /// <param name="condition">What to wait for; called often.</param>
    /// <param name="step">
    /// How far to go at once; more than zero. Choose it below the shortest time that matters to the test.
    /// </param>
    /// <param name="limit">How far to go altogether.</param>
    /// <returns>The virtual time that has passed.</returns>
    /// <exception cref="TimeoutException">The condition does not hold after <paramref name="limit"/>.</exception>
    public static async Task<TimeSpan> AdvanceUntilAsync(
        this FakeTimeProvider clock, Func<bool> condition, TimeSpan step, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero);
        for (var passed = TimeSpan.Zero; ; passed += step)
        {
            if (await HoldsAsync(condition).ConfigureAwait(false))
            {
                return passed;
            }

            if (passed >= limit)
            {
                throw new TimeoutException($"The condition does not hold after {limit} of virtual time.");
            }

            clock.Advance(step);
        }
    }

    // Continuations of what the clock set off run on the thread pool; this one queues behind them.
    private static async Task<bool> HoldsAsync(Func<bool> condition)
    {
        for (var turn = 0; turn < YieldsAStep; turn++)
        {
            if (condition())
            {
                return true;
            }

            await Task.Yield();
        }

        return condition();
    }
}
