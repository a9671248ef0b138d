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
