namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>
/// A round of turns, written down once: a pick only counts on. It begins at a random turn, so that not all processes
/// begin with the same instance.
/// </summary>
internal sealed class RoundRobinSchedule : ILoadBalancingPolicy
{
    /// <summary>Turns a candidate of average weight gets when the weights have no small common measure.</summary>
    private const int Resolution = 16;

    private readonly int[] _turns;
    private uint _next;

    public RoundRobinSchedule(ReadOnlySpan<double> weights, Chance chance)
    {
        _turns = Spread(TurnsOf(weights));
        _next = (uint)chance.Below(_turns.Length);
    }

    public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context) =>
        _turns[Interlocked.Increment(ref _next) % (uint)_turns.Length];

    // Whole weights in their lowest terms where that round is short; otherwise rounded.
    private static int[] TurnsOf(ReadOnlySpan<double> weights)
    {
        var turns = new int[weights.Length];
        var divisor = 0L;
        var areWhole = true;
        foreach (var weight in weights)
        {
            areWhole &= weight == Math.Floor(weight);
            divisor = GreatestCommonDivisor(divisor, (long)weight);
        }

        var sum = Weights.Sum(weights);
        var isShort = areWhole && sum / divisor <= Resolution * weights.Length;
        var scale = isShort ? 1.0 / divisor : Resolution * weights.Length / sum;
        for (var index = 0; index < turns.Length; index++)
        {
            turns[index] = Math.Max(1, (int)Math.Round(weights[index] * scale));
        }

        return turns;
    }

    // The turn k of n of a candidate is due at (k + ½) / n of the round.
    private static int[] Spread(int[] turns)
    {
        var due = new PriorityQueue<(int Index, int Turn), (double, int)>();
        for (var index = 0; index < turns.Length; index++)
        {
            due.Enqueue((index, 0), (0.5 / turns[index], index));
        }

        var schedule = new List<int>();
        while (due.TryDequeue(out var next, out _))
        {
            schedule.Add(next.Index);
            if (next.Turn + 1 < turns[next.Index])
            {
                due.Enqueue((next.Index, next.Turn + 1), ((next.Turn + 1.5) / turns[next.Index], next.Index));
            }
        }

        return [.. schedule];
    }

    private static long GreatestCommonDivisor(long left, long right) => right == 0 ? left : GreatestCommonDivisor(right, left % right);
}
