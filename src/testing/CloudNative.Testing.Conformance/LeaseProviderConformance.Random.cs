using System.Globalization;
using CloudNative.Leases;

namespace CloudNative.Testing.Conformance;

public abstract partial class LeaseProviderConformance
{
    private const int NamesAtATime = 100;

    // A ninth of the shortest duration: no renewal can be missed by a process that runs.
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(1.0 / 3);

    /// <summary>
    /// How many leases go through random races, pauses and releases. Default 100, or what <c>CLOUDNATIVE_LEASE_RUNS</c> says; 0 where
    /// the subject cannot let many leases of different durations end each in its time.
    /// </summary>
    protected virtual int RandomRuns => Number("CLOUDNATIVE_LEASE_RUNS") ?? 100;

    /// <summary>
    /// In random races, pauses and releases nobody holds a lease that another holds, tokens only grow, and who waits for a holder that
    /// is gone gets the lease at most a second after its duration. <c>CLOUDNATIVE_LEASE_SEED</c> repeats a run.
    /// </summary>
    [Fact]
    public async Task Random_RacesPausesAndReleases_NeverTwoHolders()
    {
        Assert.SkipWhen(RandomRuns == 0, "The subject cannot let many leases end each in its time.");
        var seed = Number("CLOUDNATIVE_LEASE_SEED") ?? Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var tokens = new Dictionary<string, long>();
        for (var done = 0; done < RandomRuns; done += NamesAtATime)
        {
            var contests = Enumerable.Range(0, Math.Min(NamesAtATime, RandomRuns - done))
                .Select(number => new Contest(string.Create(CultureInfo.InvariantCulture, $"job {number}"), random, tokens))
                .ToList();
            await RunAsync(contests, random);
        }
    }

    private async Task RunAsync(List<Contest> contests, Random random)
    {
        foreach (var contest in contests)
        {
            await contest.RaceAsync(Subject);
        }

        for (var steps = random.Next(30); steps > 0; steps--)
        {
            await Subject.AdvanceAsync(_step * random.NextDouble());
        }

        foreach (var contest in contests)
        {
            await contest.AssertStillHeldAsync(Subject);
        }

        var pause = TimeSpan.Zero;
        for (var steps = random.Next(45); steps > 0; steps--, pause += _step)
        {
            await Subject.AdvanceSecondAloneAsync(_step);
        }

        foreach (var contest in contests)
        {
            await contest.TakeOverAsync(Subject, pause);
        }

        await Subject.ResumeFirstAsync();
        foreach (var contest in contests)
        {
            await contest.SettleAsync(Subject, pause, AssertLostAsync);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What two processes do about one lease.</summary>
    private sealed class Contest(string name, Random random, Dictionary<string, long> tokens)
    {
        // A running holder begins to renew when a third of the duration has passed; until it hears of it a few steps may pass, too.
        private const double CertainlyHeld = 1.0 / 3;

        private static readonly TimeSpan _mostLate = TimeSpan.FromSeconds(1);

        private readonly TimeSpan _duration = TimeSpan.FromSeconds(random.Next(3, 10));
        private readonly bool _firstBegins = random.Next(2) == 0;
        private readonly bool _isReleased = random.Next(4) == 0;
        private ILease? _first;
        private ILease? _second;

        public async Task RaceAsync(LeaseSubject subject)
        {
            ILeaseProvider[] order = _firstBegins ? [subject.First, subject.Second] : [subject.Second, subject.First];
            var both = await Task.WhenAll(order.Select(AcquireAsync));
            Assert.Single(both, lease => lease is not null);
            (_first, _second) = _firstBegins ? (both[0], both[1]) : (both[1], both[0]);
            Note(_first ?? _second);
        }

        public async Task AssertStillHeldAsync(LeaseSubject subject)
        {
            Assert.False((_first ?? _second)!.Lost.IsCancellationRequested, $"'{name}' of {_duration} was lost by a process that runs.");
            Assert.Null(await AcquireAsync(_first is null ? subject.First : subject.Second));
            if (!_isReleased)
            {
                return;
            }

            await (_first ?? _second)!.DisposeAsync();
            (_first, _second) = _first is null
                ? (await AcquireAsync(subject.First), null)
                : ((ILease?)null, await AcquireAsync(subject.Second));
            Note(_first ?? _second);
        }

        /// <summary>The second process asks while the first is paused.</summary>
        public async Task TakeOverAsync(LeaseSubject subject, TimeSpan pause)
        {
            if (_second is not null)
            {
                Assert.False(_second.Lost.IsCancellationRequested, $"'{name}' of {_duration} was lost by a process that runs.");
                return;
            }

            _second = await AcquireAsync(subject.Second);
            if (_second is not null)
            {
                Assert.True(pause > _duration * CertainlyHeld, $"'{name}' of {_duration} was taken after a pause of {pause}.");
                Note(_second);
                return;
            }

            Assert.True(pause < _duration + _mostLate, $"'{name}' of {_duration} could not be taken after a pause of {pause}.");
        }

        /// <summary>
        /// The first process runs again: it has lost what another has taken and what had ended, and takes nothing from its successor.
        /// </summary>
        public async Task SettleAsync(LeaseSubject subject, TimeSpan pause, Func<ILease, Task> assertLost)
        {
            if (_first is not null && (_second is not null || pause > _duration))
            {
                await assertLost(_first);
            }

            if (_first is not null && pause < _duration * CertainlyHeld)
            {
                Assert.False(_first.Lost.IsCancellationRequested, $"'{name}' of {_duration} was lost by a pause of {pause}.");
            }

            await (_first?.DisposeAsync() ?? default);
            if (_second is not null)
            {
                Assert.Null(await AcquireAsync(subject.First));
                await _second.DisposeAsync();
            }
        }

        private async Task<ILease?> AcquireAsync(ILeaseProvider provider) => await provider.TryAcquireAsync(name, _duration, Cancelled);

        private void Note(ILease? lease)
        {
            Assert.NotNull(lease);
            Assert.True(
                lease.FencingToken > tokens.GetValueOrDefault(name),
                $"'{name}' had token {tokens.GetValueOrDefault(name)} before, and {lease.FencingToken} now.");
            tokens[name] = lease.FencingToken;
        }
    }
}
