namespace CloudNative.AppModel.Reading;

/// <summary>Finds what the writer probably meant.</summary>
internal static class Nearest
{
    /// <summary>The nearest of the names by edit distance, or null when none is near.</summary>
    public static string? Find(string word, IEnumerable<string> names)
    {
        var best = names
            .Select(name => (name, distance: Distance(word.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(candidate => candidate.distance)
            .FirstOrDefault();
        return best.name is not null && best.distance <= Math.Max(1, best.name.Length / 3) ? best.name : null;
    }

    /// <summary>A whole sentence for the end of a message.</summary>
    public static string Cure(string word, IReadOnlyCollection<string> names, string otherwise) =>
        Find(word, names) is { } name ? $"Did you mean '{name}'?" : otherwise;

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 32)
        {
            return int.MaxValue;
        }

        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
