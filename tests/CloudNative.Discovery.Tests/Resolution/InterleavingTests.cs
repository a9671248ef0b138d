using System.Collections.Frozen;
using CloudNative.Discovery.Resolution;
using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Resolution;

/// <summary>Random interleavings of changes, waits and picks: no signal may be missed, no statistics lost.</summary>
public sealed class InterleavingTests(ITestOutputHelper output)
{
    [Fact]
    public async Task WaitForChange_SourceChangesWhileOthersReadAndWait_EverybodySeesTheLastState()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        const int Rounds = 300;
        await using var service = await TestService.CreateAsync("start");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var pickers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                service.Endpoints.PickAndComplete((EndpointOutcome)Random.Shared.Next(5));
            }
        })).ToArray();

        for (var round = 0; round < Rounds; round++)
        {
            var last = $"r{round}";
            var followers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => FollowAsync(service.Endpoints, last, stop.Token))).ToArray();
            for (var change = random.Next(3); change > 0; change--)
            {
                service.Source.Say("catalog", Instances.Answer($"r{round}-{change}", "steady"));
                Spin(random);
            }

            service.Source.Say("catalog", Instances.Answer(last, "steady"));
            await Eventually.WithinAsync(Task.WhenAll(followers));
        }

        await stop.CancelAsync();
        await Task.WhenAll(pickers);
        Assert.All(service.Endpoints.Snapshot.Endpoints, state => Assert.Equal(0, state.InFlight));
    }

    [Fact]
    public async Task Table_ManyThreadsAtOnce_LosesNoChangeAndNoCall()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {StepsToTake} steps; INTERLEAVING_STEPS=1000000 for the long run");
        await using var interleaving = new Interleaving(seed);

        while (interleaving.Steps < StepsToTake)
        {
            await interleaving.RunRoundAsync();
        }

        interleaving.AssertNoCallIsLost();
    }

    // The point between reading the state and waiting for its change is a few nanoseconds wide, and threads hardly ever meet there. The
    // question whether a snapshot is enough is asked at that very point, so a change can be made to happen in it.
    [Fact]
    public async Task Wait_ChangesAtEveryPointOfTheWait_NoneIsMissed()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var service = await TestService.CreateAsync("a");
        var catalog = service.Endpoints;
        for (var step = 0; step < StepsToTake / 4; step++)
        {
            var changes = random.Next(3);
            var isLeftAlone = changes == 0;
            var before = random.Next(2) == 0;
            var waiting = catalog.WaitAsync(IsEnough, catalog.Snapshot, TestContext.Current.CancellationToken);
            if (isLeftAlone)
            {
                Change(catalog, random);
            }

            if (!waiting.IsCompleted && !await CompletesAsync(waiting.AsTask()))
            {
                Assert.Fail($"A change was missed in step {step} (seed {seed}).");
            }

            bool IsEnough(EndpointSnapshot current, EndpointSnapshot seen)
            {
                for (; before && changes > 0; changes--)
                {
                    Change(catalog, random);
                }

                var isEnough = current.Version != seen.Version;
                for (; changes > 0; changes--)
                {
                    Change(catalog, random);
                }

                changes = -1;
                return isEnough;
            }
        }
    }

    private static int StepsToTake =>
        int.TryParse(Environment.GetEnvironmentVariable("INTERLEAVING_STEPS"), out var wanted) ? wanted : 100_000;

    private static async Task<bool> CompletesAsync(Task task) =>
        await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(20), CancellationToken.None)) == task;

    private static void Change(ServiceEndpoints catalog, Random random)
    {
        if (random.Next(10) == 0)
        {
            catalog.Rest();
            return;
        }

        var instance = Instances.Of("a") with { Version = $"{random.Next()}" };
        catalog.Publish(new Verdict(ServiceStatus.Known, false, null, [instance], FrozenSet<string>.Empty));
    }

    private static async Task FollowAsync(ServiceEndpoints endpoints, string last, CancellationToken cancellationToken)
    {
        var snapshot = endpoints.Snapshot;
        while (!snapshot.Endpoints.Any(state => state.Instance.Id == last))
        {
            snapshot = await endpoints.WaitForChangeAsync(snapshot, cancellationToken);
        }
    }

    private static void Spin(Random random) => Thread.SpinWait(random.Next(2000));
}
