namespace CloudNative.Benchmarks;

/// <summary>Picking an endpoint, over the clock read.</summary>
internal sealed class PickQuickTable : IQuickTable
{
    private const int Batch = 50_000;

    public string Title => "Pick an endpoint";

    public IEnumerable<QuickRow> Rows()
    {
        yield return new QuickRow("clock read (the floor)", ReadClock, Batch);
        foreach (var instances in new[] { 1, 3, 100, 10_000 })
        {
            yield return new QuickRow($"pick of {instances:N0}", new PickScenario(instances).Pick, Batch);
        }

        yield return new QuickRow("pick of 3 and complete", new PickScenario(3).PickAndComplete, Batch);
    }

    private static void ReadClock(int times)
    {
        for (var count = 0; count < times; count++)
        {
            TimeProvider.System.GetTimestamp();
        }
    }
}
