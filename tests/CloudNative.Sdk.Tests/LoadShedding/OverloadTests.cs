namespace CloudNative.Sdk.Tests.LoadShedding;

public sealed class OverloadTests
{
    private const int Seed = 20_261_125;
    private const double Peak = SheddingSimulation.PeakPerSecond;

    public static TheoryData<string, int> Works { get; } = new MatrixTheoryData<string, int>(["even", "exponential"], [Seed, 1, 2, 3]);

    [Theory]
    [MemberData(nameof(Works))]
    public void ThreeTimesThePeak_GoodputHoldsAndRecovers(string work, int seed)
    {
        using var simulation = Create(work, seed);

        simulation.Run(10, 0.8);
        var declinedBefore = simulation.Declined;
        simulation.Run(20, 3).Run(10, 0.8);

        Write($"seed {seed}, {work}: {simulation.Goodput(10, 30):0} of {Peak:0} a second, "
            + $"then {simulation.Goodput(30, 35):0} of {0.8 * Peak:0}");
        Assert.Equal(0, declinedBefore);
        Assert.InRange(simulation.Goodput(10, 30), 0.9 * Peak, double.MaxValue);
        Assert.InRange(simulation.Success(32, 35), 0.99, 1);
    }

    [Theory]
    [MemberData(nameof(Works))]
    public void OverloadedFromTheFirstRequestOn_GoodputHolds(string work, int seed)
    {
        using var simulation = Create(work, seed);

        simulation.Run(20, 3);

        Write($"seed {seed}, {work}: {simulation.Goodput(5, 20):0} of {Peak:0} a second");
        Assert.InRange(simulation.Goodput(5, 20), 0.9 * Peak, double.MaxValue);
    }

    [Fact]
    public void WithoutShedding_GoodputFallsAwayAndDoesNotComeBackSoon()
    {
        using var simulation = new SheddingSimulation(Seed, isShedding: false);

        simulation.Run(10, 0.8).Run(20, 3).Run(10, 0.8);

        Assert.InRange(simulation.Goodput(12, 30), 0, 0.05 * Peak);
        Assert.InRange(simulation.Goodput(30, 40), 0, 0.05 * Peak);
    }

    [Theory]
    [InlineData("even", 0.5)]
    [InlineData("even", 0.95)]
    [InlineData("exponential", 0.9)]
    public void HealthyService_NothingIsDeclined(string work, double load)
    {
        using var simulation = Create(work);

        simulation.Run(120, load);

        Assert.Equal(0, simulation.Declined);
    }

    [Fact]
    public void BurstsOnAHealthyService_NothingIsDeclined()
    {
        using var simulation = Create("even");
        for (var second = 1; second < 60; second += 2)
        {
            simulation.BurstAt(second, 250);
        }

        simulation.Run(60, 0.3);

        Assert.Equal(0, simulation.Declined);
    }

    [Fact]
    public void EverythingTakesTenTimesAsLongForAnotherReason_NothingIsDeclined()
    {
        // A cache is emptied, a neighbour is slow: there is room, requests just take longer.
        using var simulation = new SheddingSimulation(Seed)
        {
            Places = int.MaxValue,
            Work = static (second, chance) => (second is > 20 and < 40 ? 10 : 1) * (5 + (10 * chance)),
            Patience = TimeSpan.FromSeconds(2),
        };

        simulation.Run(60, 1);

        Assert.Equal(0, simulation.Declined);
    }

    [Fact]
    public void LongPollsBesideRequestsThatBecomeSlower_NothingIsDeclined()
    {
        using var simulation = new SheddingSimulation(Seed)
        {
            Places = int.MaxValue,
            Work = static (second, chance) => (second > 30 ? 3 : 1) * (5 + (10 * chance)),
        };
        for (var second = 5; second < 90; second += 5)
        {
            simulation.BurstAt(second, 50, milliseconds: 20_000);
        }

        simulation.Run(100, 0.5);

        Assert.Equal(0, simulation.Declined);
    }

    [Fact]
    public void ThreeTimesThePeak_WhatIsImportantIsServed()
    {
        using var simulation = new SheddingSimulation(Seed)
        {
            Priority = static chance => chance < 0.2 ? RequestPriority.High : chance < 0.6 ? RequestPriority.Normal : RequestPriority.Low,
        };

        simulation.Run(10, 0.8).Run(20, 3);

        Assert.InRange(Served(RequestPriority.High), 0.99, 1);
        Assert.InRange(Served(RequestPriority.Normal), 0.2, 0.6);
        Assert.InRange(Served(RequestPriority.Low), 0, 0.05);

        double Served(RequestPriority priority)
        {
            var requests = simulation.Requests
                .Where(request => request.Priority == priority && request.Came > TimeSpan.FromSeconds(13).Ticks).ToList();
            return requests.Count(request => request.IsGood(simulation.Patience)) / (double)requests.Count;
        }
    }

    private static SheddingSimulation Create(string work, int seed = Seed) => new(seed)
    {
        Work = work == "even" ? static (_, chance) => 5 + (10 * chance) : static (_, chance) => -10 * Math.Log(1 - chance),
    };

    private static void Write(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
