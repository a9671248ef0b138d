using System.Globalization;

namespace CloudNative.Comparison.Scenarios;

internal static class Table
{
    public static void Print(IEnumerable<Row> rows)
    {
        foreach (var scenario in rows.GroupBy(row => row.Scenario))
        {
            var columns = scenario.First().Figures.Keys.ToArray();
            Console.WriteLine();
            Console.WriteLine($"| {scenario.Key} | {string.Join(" | ", columns)} |");
            Console.WriteLine($"|---|{string.Concat(columns.Select(_ => "---|"))}");
            foreach (var row in scenario)
            {
                var cells = columns.Select(column => row[column].ToString("#,0.##", CultureInfo.InvariantCulture));
                Console.WriteLine($"| {row.Stack} | {string.Join(" | ", cells)} |");
            }
        }
    }
}
