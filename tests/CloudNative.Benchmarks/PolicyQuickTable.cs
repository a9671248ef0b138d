using CloudNative.Discovery;

namespace CloudNative.Benchmarks;

/// <summary>Picking and completing by each policy; the default is the floor.</summary>
internal sealed class PolicyQuickTable : IQuickTable
{
    private const int Batch = 20_000;

    public string Title => "Pick by policy and complete";

    public IEnumerable<QuickRow> Rows()
    {
        foreach (var policy in new[] { "PowerOfTwoChoices", "WeightedRoundRobin", "Random", "LeastRequests", "ConsistentHash" })
        {
            foreach (var instances in new[] { 3, 100 })
            {
                var scenario = new PickScenario(instances, new LoadBalancingOptions { Policy = policy });
                yield return new QuickRow($"{policy}, {instances}", scenario.PickAndCompleteBalanced, Batch);
            }
        }
    }
}
