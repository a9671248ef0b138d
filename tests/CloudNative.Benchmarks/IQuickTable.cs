namespace CloudNative.Benchmarks;

/// <summary>One small table of <c>--quick</c>. Implementations with a parameterless constructor are found by themselves.</summary>
internal interface IQuickTable
{
    /// <summary>What the table is about.</summary>
    string Title { get; }

    /// <summary>The rows, the floor first: all others are compared with it.</summary>
    IEnumerable<QuickRow> Rows();
}
