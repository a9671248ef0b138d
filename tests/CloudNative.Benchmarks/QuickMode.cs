using System.Globalization;

namespace CloudNative.Benchmarks;

/// <summary>
/// Measures nanoseconds and bytes per operation without ceremony. Rows are run in turn, round after round, and the best round of each
/// counts, so that a busy machine disturbs all alike.
/// </summary>
internal static class QuickMode
{
    private const int Rounds = 60;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);

    public static void Run(TextWriter output)
    {
        var tables = typeof(QuickMode).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IQuickTable)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (IQuickTable)Activator.CreateInstance(type)!);
        foreach (var table in tables)
        {
            Print(table, output);
        }
    }

    private static void Print(IQuickTable table, TextWriter output)
    {
        var rows = table.Rows().ToArray();
        Array.ForEach(rows, Warm);
        var best = new (double Nanoseconds, double Bytes)[rows.Length];
        Array.Fill(best, (double.MaxValue, double.MaxValue));
        for (var round = 0; round < Rounds; round++)
        {
            for (var index = 0; index < rows.Length; index++)
            {
                var (nanoseconds, bytes) = Measure(rows[index]);
                best[index] = (Math.Min(best[index].Nanoseconds, nanoseconds), Math.Min(best[index].Bytes, bytes));
            }
        }

        output.WriteLine($"## {table.Title}");
        output.WriteLine();
        output.WriteLine("| operation | ns/op | over the floor | B/op |");
        output.WriteLine("|---|---|---|---|");
        for (var index = 0; index < rows.Length; index++)
        {
            var (nanoseconds, bytes) = best[index];
            var over = nanoseconds - best[0].Nanoseconds;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {rows[index].Name} | {nanoseconds:0.0} | {over:+0.0;-0.0;0} | {bytes:0.#} |"));
        }

        output.WriteLine();
    }

    // Tiered compilation finishes in the background some moments after the calls that earn it.
    private static void Warm(QuickRow row)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < WarmUp)
        {
            row.Run(row.Batch / 10);
        }
    }

    private static (double Nanoseconds, double Bytes) Measure(QuickRow row)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begun = TimeProvider.System.GetTimestamp();
        row.Run(row.Batch);
        var elapsed = TimeProvider.System.GetElapsedTime(begun);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return (elapsed.TotalNanoseconds / row.Batch, (double)bytes / row.Batch);
    }
}
