using System.Diagnostics;
using System.Globalization;
using CloudNative.Eventing;
using CloudNative.Testing;

namespace CloudNative.Benchmarks.Events;

/// <summary>What the embedded log costs a process that has nothing to do, beside a process that only waits.</summary>
internal static class IdleTable
{
    private const int Processes = 3;
    private const string Bare = "-";

    // What runs twice a second is compiled anew after 30 calls, and again after 30 more.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        var children = new List<ChildProcess>();
        foreach (var data in Enumerable.Repeat(directory.Combine("data"), Processes).Prepend(Bare))
        {
            children.Add(ChildProcess.Start(ChildProcessOptions.ForAssembly(
                typeof(IdleTable).Assembly.Location, ["--events-idle-child", data])));
        }

        await Task.WhenAll(children.Select(child => child.WaitForLineAsync(line => line == "ready")));
        await Task.Delay(Settling);
        var before = children.ConvertAll(Time);
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(Watched);
        var shares = children.Zip(before, (child, then) => (Time(child) - then) / Stopwatch.GetElapsedTime(started)).ToList();
        output.WriteLine("## Processor time of an idle process, in percent of a core");
        output.WriteLine();
        output.WriteLine("| a process that only waits | a member of the log with two subscriptions, the busiest of three |");
        output.WriteLine("|---|---|");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shares[0]:P2} | {shares.Skip(1).Max():P2} |"));
        foreach (var child in children)
        {
            await child.DisposeAsync();
        }
    }

    /// <summary>What a child does: takes part, has handled some events, and waits.</summary>
    public static async Task RunChildAsync(string directory)
    {
        if (directory == Bare)
        {
            Console.WriteLine("ready");
            await Console.In.ReadLineAsync();
            return;
        }

        await using var provider = EventTable.Provider(directory);
        var events = EventTable.Transport(provider);
        foreach (var group in new[] { "billing", "shipping" })
        {
            await events.SubscribeAsync(
                new SubscriptionSpec { Topic = "numbers", Group = group }, new ArrivalSink(), CancellationToken.None);
        }

        await events.AppendAsync(
            [new OutgoingEvent("numbers", new EventEnvelope { Id = Guid.NewGuid().ToString(), Source = "/bench", Type = "t.v1" })],
            CancellationToken.None);
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
    }

    private static TimeSpan Time(ChildProcess child)
    {
        using var process = Process.GetProcessById(child.Id);
        return process.TotalProcessorTime;
    }
}
