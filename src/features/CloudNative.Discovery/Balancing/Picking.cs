using System.Buffers;

namespace CloudNative.Discovery.Balancing;

/// <summary>
/// The picks that are not the common one: a trial, another policy, or a call that has tried endpoints already.
/// </summary>
internal static class Picking
{
    public static Target? Choose(Selection selection, in PickRequest request, long now)
    {
        if (request.Tried.IsEmpty && now >= selection.TrialDue && Trial(selection, now) is { } trial)
        {
            return trial;
        }

        // A call that has tried every healthy instance rather tries the others than fails.
        return Among(selection.Targets, selection.States, request, now) ?? (request.Tried.IsEmpty
            ? null
            : Among(selection.Reserve, null, request, now));
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

    private static Target? Among(Target[] targets, EndpointState[]? states, in PickRequest request, long now)
    {
        if (targets.Length == 0)
        {
            return null;
        }

        if (request.Tried.IsEmpty && states is not null)
        {
            return targets[Ask(request.Policy, states, request.Key, now)];
        }

        return request.Policy is null ? TwoUntried(targets, request.Tried, now) : Untried(targets, request, now);
    }

    private static int Ask(ILoadBalancingPolicy? policy, ReadOnlySpan<EndpointState> candidates, string? key, long now)
    {
        if (policy is null)
        {
            return PowerOfTwoChoices.Choose(candidates, now);
        }

        var index = policy.Pick(candidates, new PickContext(now, key));
        return (uint)index < (uint)candidates.Length
            ? index
            : throw new InvalidOperationException(
                $"The load-balancing policy {policy.GetType()} picked {index} of {candidates.Length} candidates.");
    }

    // Two choices without a copy: the first untried ones from a random start on.
    private static Target? TwoUntried(Target[] targets, ReadOnlySpan<EndpointState> tried, long now)
    {
        Target? first = null;
        var start = Random.Shared.Next(targets.Length);
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

    private static Target? Untried(Target[] targets, in PickRequest request, long now)
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
                : targets[origin[Ask(request.Policy, candidates.AsSpan(0, count), request.Key, now)]];
        }
        finally
        {
            ArrayPool<int>.Shared.Return(origin);
            ArrayPool<EndpointState>.Shared.Return(candidates, clearArray: true);
        }
    }
}
