namespace CloudNative.ArchitectureTests;

/// <summary>What a checker found, one line each: where, what is wrong, what to do.</summary>
internal static class Breaches
{
    public static void None(IEnumerable<string> found)
    {
        var lines = found.ToList();
        if (lines.Count > 0)
        {
            Assert.Fail($"{lines.Count} found:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
        }
    }

    /// <summary>A planted breach was found, and nothing else.</summary>
    public static void One(string expected, IEnumerable<string> found)
    {
        var line = Assert.Single(found);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }
}
