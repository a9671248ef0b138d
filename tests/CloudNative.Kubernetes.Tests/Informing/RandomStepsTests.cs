using System.Collections.Immutable;
using System.Globalization;
using CloudNative.Kubernetes.Tests.Support;

namespace CloudNative.Kubernetes.Tests.Informing;

/// <summary>
/// Random changes and faults by a seed: at each quiet point the snapshot is the server's state, and so is what a reader
/// has made of the changes it was told. <c>INFORMER_SEEDS</c> says how many seeds of 2,000 steps to run.
/// </summary>
public sealed class RandomStepsTests
{
    private const int Steps = 2_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(
        1, int.Parse(Environment.GetEnvironmentVariable("INFORMER_SEEDS") ?? "10", CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Steps_OfAnyKind_MissNothing(int seed)
    {
        var random = new Random(seed);
        await using var bench = new InformerBench(options =>
        {
            options.Watch.PageSize = random.Next(1, 20);
            options.Watch.ResyncInterval = TimeSpan.FromDays(1); // It would find what the watch has missed.
        });
        using var informer = bench.Join();
        var replica = new Replica(informer, Cancel);
        for (var step = 1; step <= Steps; step++)
        {
            Do(bench, random);
            if (random.Next(8) == 0)
            {
                bench.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 30)));
            }

            if (random.Next(20) == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
            }

            if (step % 100 == 0)
            {
                await SettleAsync(bench, informer, replica, $"seed {seed}, step {step}");
            }
        }

        informer.Dispose();
        await replica.Completion;
    }

    private static void Do(InformerBench bench, Random random)
    {
        var name = $"map-{random.Next(30)}";
        switch (random.Next(100))
        {
            case < 55: bench.Put(name, $"{random.Next(1000)}"); break;
            case < 80: bench.Remove(name); break;
            case < 85: bench.Server.CloseWatches(); break;
            case < 89: bench.Server.BreakWatches(); break;
            case < 92: bench.Server.DropWatches(); break;
            case < 96: bench.Server.Compact(); break;
            case < 97: bench.Server.Faults.Refuses = !bench.Server.Faults.Refuses; break;
            case < 98: bench.Server.Faults.EndsWatchesAtOnce = !bench.Server.Faults.EndsWatchesAtOnce; break;
            case < 99: bench.Server.Faults.Hangs = !bench.Server.Faults.Hangs; break;
            default: bench.Server.Faults.Delay = TimeSpan.FromSeconds(random.Next(3)); break;
        }
    }

    private static async Task SettleAsync(
        InformerBench bench, KubernetesInformer<KubernetesConfigMap> informer, Replica replica, string where)
    {
        var faults = bench.Server.Faults;
        (faults.Refuses, faults.Hangs, faults.EndsWatchesAtOnce, faults.Delay) = (false, false, false, TimeSpan.Zero);
        var expected = bench.Server.List("configmaps").ToDictionary(
            item => (string)item["metadata"]!["name"]!, item => (string)item["metadata"]!["resourceVersion"]!);
        try
        {
            // Long enough for a watch that was lost silently, and for a rest after many failures.
            await bench.UntilAsync(
                () => Same(expected, informer.Snapshot.Objects) && Same(expected, replica.Objects), TimeSpan.FromMinutes(10));
        }
        catch (TimeoutException)
        {
            Assert.Fail(
                $"{where}: the server has {expected.Count}, the snapshot {informer.Snapshot.Objects.Count}, "
                + $"the reader {replica.Objects.Count}; {informer.Status}; {bench.Clock.GetUtcNow():T}, {bench.Server.OpenWatches} open\n"
                + string.Join('\n', bench.Server.Requests.TakeLast(12)));
        }
    }

    private static bool Same(Dictionary<string, string> expected, ImmutableDictionary<KubernetesName, KubernetesConfigMap> found) =>
        expected.Count == found.Count
        && found.All(pair => expected.GetValueOrDefault(pair.Key.Name) == pair.Value.Metadata.ResourceVersion);
}
