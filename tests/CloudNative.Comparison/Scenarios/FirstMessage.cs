using System.Diagnostics;
using CloudNative.Comparison.Events;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// From starting a process to its first handled event, beside a host that does nothing. Each start is a process of its own, the ways
/// take turns, and the median counts.
/// </summary>
internal static class FirstMessage
{
    public const string Name = "start to first event, a process each";
    public const string Argument = "--first";
    public const string OverBare = "over a bare host, ms";
    private const string Bare = "bare host";
    private const string Done = "handled";
    private static readonly string[] Ways = [Bare, HerePeer.HereName, WolverinePeer.WolverineName];

    /// <summary>The part of the child process.</summary>
    public static async Task BeAsync(string way)
    {
        if (way == Bare)
        {
            using var host = Host.CreateEmptyApplicationBuilder(null).Build();
            await host.StartAsync();
            Console.WriteLine(Done);
            return;
        }

        await using var peer = way == HerePeer.HereName ? await HerePeer.StartAsync() : await WolverinePeer.StartAsync();
        var handled = peer.Counter.Expect(1);
        await peer.PublishAsync(Sale.Next);
        await handled;
        Console.WriteLine(Done);
    }

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        var times = Ways.ToDictionary(way => way, _ => new List<double>());
        foreach (var way in Ways)
        {
            // Once without counting: files come into the page cache.
            await MeasureAsync(way);
        }

        for (var round = 0; round < scale.Rounds + 1; round++)
        {
            foreach (var way in Ways)
            {
                times[way].Add(await MeasureAsync(way));
            }
        }

        return
        [
            .. Ways.Select(way => new Row(Name, way, new Dictionary<string, double>
            {
                ["median ms"] = Median(times[way]),
                [OverBare] = Median(times[way]) - Median(times[Bare]),
            })),
        ];
    }

    private static async Task<double> MeasureAsync(string way)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(FirstMessage).Assembly.Location, Argument, way])
        {
            RedirectStandardOutput = true,
        };
        var begun = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        var elapsed = TimeProvider.System.GetElapsedTime(begun);
        await process.WaitForExitAsync();
        return line == Done ? elapsed.TotalMilliseconds : throw new InvalidOperationException($"'{way}' said '{line}'.");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
