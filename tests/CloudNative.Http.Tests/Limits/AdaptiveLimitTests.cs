using CloudNative.Discovery;
using CloudNative.Http.Limits;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Tests.Limits;

public sealed class AdaptiveLimitTests
{
    private const int Seed = 20_261_125;

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(4 * LimitSimulation.Places)]
    public void Overload_ThreeTimesWhatTheInstanceCanDo_GoodputHoldsAndRecovers(int shedsAbove)
    {
        var simulation = new LimitSimulation(Seed, isLimited: true, shedsAbove);

        simulation.Run((10, 0.8), (20, 3), (10, 0.8));

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {Seed}: {simulation.Goodput(10, 30):0} of {LimitSimulation.PeakPerSecond} a second, "
            + $"then {simulation.Goodput(31, 33):0}; {simulation.ShareShed(12, 30):P1} declined by the instance");
        Assert.InRange(simulation.Goodput(10, 30), 0.9 * LimitSimulation.PeakPerSecond, double.MaxValue);
        Assert.InRange(simulation.Goodput(34, 40), 0.95 * 0.8 * LimitSimulation.PeakPerSecond, double.MaxValue);
        Assert.InRange(simulation.ShareShed(12, 30), 0, 0.2);
    }

    [Fact]
    public void Overload_WithoutTheLimit_GoodputFallsAway()
    {
        var simulation = new LimitSimulation(Seed, isLimited: false);

        simulation.Run((10, 0.8), (20, 3), (10, 0.8));

        Assert.InRange(simulation.Goodput(15, 30), 0, 0.05 * LimitSimulation.PeakPerSecond);
        Assert.InRange(simulation.Goodput(35, 40), 0, 0.05 * LimitSimulation.PeakPerSecond);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.8, 0)]
    [InlineData(0.9, 0.001)]
    public void HealthyInstance_NextToNothingIsRejected(double load, double most)
    {
        const int Seconds = 60;
        var simulation = new LimitSimulation(Seed, isLimited: true);

        simulation.Run((Seconds, load));

        Assert.InRange(simulation.Rejected, 0, most * load * LimitSimulation.PeakPerSecond * Seconds);
    }

    [Fact]
    public void InstanceBecomesSlowerForAnotherReason_IsTheNewUsual()
    {
        // Half the speed at a third of the load: it takes longer and still does everything.
        var simulation = new LimitSimulation(Seed, isLimited: true) { Slower = (20, 2.5) };

        simulation.Run((20, 0.3), (40, 0.3));

        Assert.InRange(simulation.Goodput(25, 60), 0.98 * 0.3 * LimitSimulation.PeakPerSecond, double.MaxValue);
    }

    [Fact]
    public void Leave_CallsThatSayNothing_TeachNothing()
    {
        var limit = new AdaptiveLimit(1000);
        var settings = new ClientSettings(new ServiceClientOptions(), null, []);
        for (var now = 0; now < 10_000; now++)
        {
            Assert.True(limit.TryEnter(settings));
            limit.Leave(LimitSignals.Of(EndpointOutcome.Abandoned), 100, now, settings);
        }

        Assert.Equal(settings.LimitMaximum, limit.Allowed(settings));
    }

    [Fact]
    public async Task TryEnter_FromManyThreads_NeverExceedsTheLimitAndGivesEveryPlaceBack()
    {
        var limit = new AdaptiveLimit(1000);
        var settings = new ClientSettings(new ServiceClientOptions { ConcurrencyLimit = { Maximum = 8 } }, null, []);
        var (inside, most, now) = (0, 0, 0L);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var random = new Random(Seed + worker);
            for (var turn = 0; turn < 50_000; turn++)
            {
                if (limit.TryEnter(settings))
                {
                    var seen = Interlocked.Increment(ref inside);
                    InterlockedMax(ref most, seen);
                    Interlocked.Decrement(ref inside);
                    limit.Leave((LimitSignal)random.Next(3), 5, Interlocked.Increment(ref now), settings);
                }
            }
        })));

        Assert.InRange(most, 1, 8);
        var room = limit.Allowed(settings);
        Assert.All(Enumerable.Range(0, room), _ => Assert.True(limit.TryEnter(settings)));
        Assert.False(limit.TryEnter(settings));
    }

    private static void InterlockedMax(ref int place, int value)
    {
        for (var seen = Volatile.Read(ref place); seen < value; seen = Volatile.Read(ref place))
        {
            Interlocked.CompareExchange(ref place, value, seen);
        }
    }
}
