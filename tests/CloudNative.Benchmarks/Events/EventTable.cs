using System.Diagnostics;
using System.Globalization;
using CloudNative.Embedded;
using CloudNative.Eventing;
using CloudNative.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Benchmarks.Events;

/// <summary>
/// Acknowledged durable publishing in the embedded log beside a group commit by hand, in turns; one process and four; and the way from
/// a publisher to a handler in another process.
/// </summary>
internal static class EventTable
{
    private const int Rounds = 3;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(TextWriter output)
    {
        await PrintPublishingAsync(output);
        await PrintProcessesAsync(output);
        await PrintWayAsync(output);
    }

    /// <summary>What a child of this benchmark does: publishes for a time, and prints count and latencies.</summary>
    public static async Task RunChildAsync(string directory, int publishers)
    {
        await using var provider = Provider(directory);
        var events = Transport(provider);
        await events.AppendAsync([NewEvent()], CancellationToken.None);
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        var result = await Publishers.RunAsync(publishers, Duration, () => AppendAsync(events));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{result.Rate:F0} {result.At(0.5):F2} {result.At(0.99):F2} {result.At(0.999):F2}"));
    }

    private static async Task PrintPublishingAsync(TextWriter output)
    {
        output.WriteLine("## Acknowledged durable publishing, 256 B");
        output.WriteLine();
        output.WriteLine("| publishers | group commit by hand, events/s | here, events/s | ratio | p99 by hand, ms | p99 here, ms |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var count in new[] { 1, 64, 512 })
        {
            using var directory = new TemporaryDirectory();
            await using var raw = new RawLog(directory.Combine("raw.db"));
            await using var provider = Provider(directory.Combine("data"));
            var events = Transport(provider);
            var data = new byte[256];
            var best = new PublishResult[2];
            for (var round = 0; round < Rounds; round++)
            {
                best[0] = Better(best[0], await Publishers.RunAsync(count, Duration, () => raw.AppendAsync(data)));
                best[1] = Better(best[1], await Publishers.RunAsync(count, Duration, () => AppendAsync(events)));
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {count} | {best[0].Rate:N0} | {best[1].Rate:N0} | {best[1].Rate / best[0].Rate:P0} "
                + $"| {best[0].At(0.99):F1} | {best[1].At(0.99):F1} |"));
        }

        output.WriteLine();
    }

    private static async Task PrintProcessesAsync(TextWriter output)
    {
        output.WriteLine("## One process and four, 64 publishers in all");
        output.WriteLine();
        output.WriteLine("| processes | events/s | p50, ms | p99, ms | p999, ms (worst process) |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var processes in new[] { 1, 4, 1, 4 })
        {
            using var directory = new TemporaryDirectory();
            var children = Enumerable.Range(0, processes).Select(_ => ChildProcess.Start(ChildProcessOptions.ForAssembly(
                typeof(EventTable).Assembly.Location,
                ["--events-child", directory.Combine("data"), (64 / processes).ToString(CultureInfo.InvariantCulture)]))).ToList();
            await Task.WhenAll(children.Select(child => child.WaitForLineAsync(line => line == "ready")));
            await Task.WhenAll(children.Select(child => child.WriteLineAsync("go")));
            var answers = await Task.WhenAll(children.Select(child => child.WaitForLineAsync(line => char.IsAsciiDigit(line[0]))));
            var numbers = answers.Select(Numbers).ToList();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {processes} | {numbers.Sum(one => one[0]):N0} | {numbers.Average(one => one[1]):F1} "
                + $"| {numbers.Max(one => one[2]):F1} | {numbers.Max(one => one[3]):F1} |"));
            foreach (var child in children)
            {
                await child.DisposeAsync();
            }
        }

        output.WriteLine();
    }

    private static async Task PrintWayAsync(TextWriter output)
    {
        const int events = 500;
        using var directory = new TemporaryDirectory();
        await using var publisher = Provider(directory.Path);
        await using var handler = Provider(directory.Path);
        var latencies = new List<double>();
        var sink = new ArrivalSink();
        await using var subscription = await Transport(handler).SubscribeAsync(
            new SubscriptionSpec { Topic = "numbers", Group = "bench" }, sink, CancellationToken.None);
        for (var number = 0; number < events; number++)
        {
            await Task.Delay(5);
            var started = Stopwatch.GetTimestamp();
            var arrival = sink.Next();
            var appending = AppendAsync(Transport(publisher));
            latencies.Add(Stopwatch.GetElapsedTime(started, await arrival).TotalMilliseconds);
            await appending;
        }

        latencies.Sort();
        output.WriteLine("## From publishing to a handler over the socket between two members, idle, the disk included");
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {latencies[events / 2]:F2} ms, p95 {latencies[events * 95 / 100]:F2} ms, "
            + $"p99 {latencies[events * 99 / 100]:F2} ms of {events}"));
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private static PublishResult Better(PublishResult? left, PublishResult right) =>
        left is null || right.Rate > left.Rate ? right : left;

    private static Task AppendAsync(IEventTransport events) => events.AppendAsync([NewEvent()], CancellationToken.None).AsTask();

    private static OutgoingEvent NewEvent() => new("numbers", new EventEnvelope
    {
        Id = Guid.CreateVersion7().ToString(),
        Source = "/services/bench",
        Type = "numbers.drawn.v1",
        Data = new byte[256],
    });

    internal static IEventTransport Transport(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<IEventTransport>(EmbeddedProvider.Name);

    internal static ServiceProvider Provider(string directory) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{EmbeddedOptions.SectionName}:DataDirectory", directory)])
            .Build())
        .AddCloudNativeEmbedded()
        .BuildServiceProvider();
}
