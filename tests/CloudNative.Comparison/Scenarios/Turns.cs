namespace CloudNative.Comparison.Scenarios;

/// <summary>The order in which the sides run.</summary>
internal static class Turns
{
    /// <summary>One after another for figures to publish; at once for a check, which is about shares and not about rates.</summary>
    public static async Task<IReadOnlyList<Row>> TakeAsync(Scale scale, IEnumerable<Func<Task<Row>>> sides)
    {
        if (scale == Scale.Quick)
        {
            return await Task.WhenAll(sides.Select(measure => measure()));
        }

        var rows = new List<Row>();
        foreach (var measure in sides)
        {
            rows.Add(await measure());
        }

        return rows;
    }
}
