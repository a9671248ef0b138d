namespace CloudNative.Configuration;

/// <summary>
/// How many slips of the fingers lie between two words: insert, delete, replace, or swap two neighbours.
/// </summary>
internal static class EditDistance
{
    /// <summary>The optimal string alignment distance, without case.</summary>
    public static int Between(string left, string right)
    {
        int[] beforeLast = [];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = last[j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, current);
        }

        return last[right.Length];
    }

    /// <summary>Whether one word is likely meant as the other.</summary>
    public static bool IsNear(string left, string right) =>
        Between(left, right) <= Math.Max(1, Math.Max(left.Length, right.Length) / 4);

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
