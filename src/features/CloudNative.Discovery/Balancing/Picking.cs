using System.Buffers;
using CloudNative.Discovery.Balancing.Policies;

namespace CloudNative.Discovery.Balancing;

/// <summary>
/// The picks that are not the common one: a trial, another policy, or a call that has tried endpoints already.
/// </summary>
internal sealed class Picking(Chance chance)
{
    private readonly PowerOfTwoChoices _default = new(chance);

    public Target? Choose(Selection selection, in PickRequest request, long now)
    {
        if (request.Tried.IsEmpty && now >= selection.TrialDue && Trial(selection, now) is { } trial)
        {
            return trial;
        }

        if (selection.Pools.Length == 0)
        {
            return null;
        }

        var drawn = selection.Pools.Length == 1 ? 0 : Draw(selection.Pools, request.Key);
        var target = Among(selection.Pools[drawn], request, now);
        if (target is not null || request.Tried.IsEmpty)
        {
            return target;
        }

        // A call that has tried every instance of its share goes over to the next, and rather to an unhealthy one than
        // nowhere.
        for (var next = 1; next < selection.Pools.Length; next++)
        {
            if (Among(selection.Pools[(drawn + next) % selection.Pools.Length], request, now) is { } other)
            {
                return other;
            }
        }

        return Among(selection.Reserve, request, now);
    }

    // Calls with the same key stay on the same side of a canary or a zone. Another hash than that which finds the key's
    // instance.
    private int Draw(Pool[] pools, string? key)
    {
        var at = key is null ? chance.Fraction() : (StableHash.Mix(StableHash.Of(key)) >> 11) * (1.0 / (1UL << 53));
        for (var index = 0; index < pools.Length - 1; index++)
        {
            at -= pools[index].Share;
            if (at < 0)
            {
                return index;
            }
        }

        return pools.Length - 1;
    }

    private static Target? Trial(Selection selection, long now)
    {
        foreach (var target in selection.Resting)
        {
            if (target.Member.TryBeginTrial(now))
            {
                selection.ScheduleTrial();
                return target;
            }
        }

        selection.ScheduleTrial();
        return null;
    }

    private Target? Among(Pool pool, in PickRequest request, long now)
    {
        if (request.Tried.IsEmpty)
        {
            return pool.Targets[Ask(request.Policy ?? pool.Prepared, pool.States, request.Key, now)];
        }

        var policy = request.Policy ?? pool.Policy;
        return policy is null ? TwoUntried(pool.Targets, request.Tried, now) : Untried(pool.Targets, policy, request, now);
    }

    private int Ask(ILoadBalancingPolicy? policy, ReadOnlySpan<EndpointState> candidates, string? key, long now)
    {
        var index = (policy ?? _default).Pick(candidates, new PickContext(now, key));
        return (uint)index < (uint)candidates.Length
            ? index
            : throw new InvalidOperationException(
                $"The load-balancing policy {policy?.GetType()} picked {index} of {candidates.Length} candidates.");
    }

    // Two choices without a copy: the first untried ones from a random start on.
    private Target? TwoUntried(Target[] targets, ReadOnlySpan<EndpointState> tried, long now)
    {
        Target? first = null;
        var start = chance.Below(targets.Length);
        for (var offset = 0; offset < targets.Length; offset++)
        {
            var target = targets[(start + offset) % targets.Length];
            if (tried.Contains(target.Member.State))
            {
                continue;
            }

            if (first is not null)
            {
                return target.Member.State.Cost(now) < first.Member.State.Cost(now) ? target : first;
            }

            first = target;
        }

        return first;
    }

    private Target? Untried(Target[] targets, ILoadBalancingPolicy policy, in PickRequest request, long now)
    {
        var candidates = ArrayPool<EndpointState>.Shared.Rent(targets.Length);
        var origin = ArrayPool<int>.Shared.Rent(targets.Length);
        try
        {
            var count = 0;
            for (var index = 0; index < targets.Length; index++)
            {
                var state = targets[index].Member.State;
                if (!request.Tried.Contains(state))
                {
                    candidates[count] = state;
                    origin[count++] = index;
                }
            }

            return count == 0
                ? null
                : targets[origin[Ask(policy, candidates.AsSpan(0, count), request.Key, now)]];
        }
        finally
        {
            ArrayPool<int>.Shared.Return(origin);
            ArrayPool<EndpointState>.Shared.Return(candidates, clearArray: true);
        }
    }
}
