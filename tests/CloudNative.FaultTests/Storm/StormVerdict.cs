namespace CloudNative.FaultTests.Storm;

/// <summary>What the effects say once everything is quiet.</summary>
/// <param name="Acknowledged">Events that some publisher was told were stored.</param>
/// <param name="Handled">Effects in the handler's database.</param>
/// <param name="Lost">Acknowledged, and no effect.</param>
/// <param name="OrderViolations">Effects that were committed before an earlier one of their key.</param>
/// <param name="Doubled">Effects beyond the first of an event.</param>
internal sealed record StormVerdict(long Acknowledged, int Handled, long Lost, int OrderViolations, int Doubled)
{
    public static StormVerdict Of(StormTally tally, List<(string Key, long Number)> effects)
    {
        var last = new Dictionary<string, long>();
        var violations = 0;
        foreach (var (key, number) in effects)
        {
            violations += last.TryGetValue(key, out var before) && number <= before ? 1 : 0;
            last[key] = Math.Max(number, last.GetValueOrDefault(key, -1));
        }

        var seen = effects.ToHashSet();
        var lost = tally.Acknowledged.Sum(pair =>
            Enumerable.Range(0, (int)pair.Value + 1).LongCount(number => !seen.Contains((pair.Key, number))));
        return new StormVerdict(
            tally.Acknowledged.Values.Sum(number => number + 1), effects.Count, lost, violations, effects.Count - seen.Count);
    }
}
