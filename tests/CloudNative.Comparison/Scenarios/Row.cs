namespace CloudNative.Comparison.Scenarios;

/// <summary>One line of a table.</summary>
/// <param name="Scenario">What happened.</param>
/// <param name="Stack">Who was called through.</param>
/// <param name="Figures">What was seen, by name.</param>
internal sealed record Row(string Scenario, string Stack, IReadOnlyDictionary<string, double> Figures)
{
    public double this[string figure] => Figures[figure];
}
