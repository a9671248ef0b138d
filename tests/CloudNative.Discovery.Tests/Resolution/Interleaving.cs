using System.Collections.Concurrent;
using System.Globalization;
using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Discovery.Tests.Resolution;

/// <summary>
/// A service under everything that can happen to it at once: its source says this and that, fails and comes back, configuration takes it
/// over and lets go, time passes, nobody uses it for long; meanwhile threads pick, complete and wait for changes. Each answer carries its
/// number, so that what is seen can be compared with what was said. A round ends in calm, when the last word must have reached everybody.
/// </summary>
internal sealed class Interleaving : IAsyncDisposable
{
    private const int StepsPerRound = 3000;
    private static readonly Dictionary<string, string?> Configured = new() { ["Services:catalog:http:0"] = "http://configured:80" };

    private readonly ConcurrentDictionary<EndpointState, bool> _seen = new();
    private readonly ScriptedSource _source = new();
    private readonly DiscoveryHarness _harness;
    private readonly ServiceEndpoints _catalog;
    private readonly LoadBalancer?[] _balancers;
    private readonly Random _random;
    private readonly int _seed;
    private int _said;
    private int _steps;

    public Interleaving(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _harness = new DiscoveryHarness(configure: services => services.AddSource(_source));
        _catalog = _harness.Table.Get("catalog");
        var balancers = _harness.Services.GetRequiredService<LoadBalancers>();
        _balancers =
        [
            null,
            balancers.Get(new() { Policy = "WeightedRoundRobin", SlowStart = TimeSpan.FromSeconds(20) }),
            balancers.Get(new() { Policy = "ConsistentHash", SubsetSize = 2 }),
            balancers.Get(new() { CanaryPercent = 10, CanaryKey = "zone", CanaryValue = "b" }),
        ];
    }

    public int Steps => Volatile.Read(ref _steps);

    public async Task RunRoundAsync()
    {
        var last = _said + StepsPerRound + 1;
        var followers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => FollowAsync(last))).ToArray();
        var (first, second) = (_random.Next(), _random.Next());
        await Task.WhenAll(Task.Run(Disturb), Task.Run(() => Call(first)), Task.Run(() => Call(second)));

        _source.Recover();
        _harness.Settings.Replace([]);
        _said = last;
        _source.Say("catalog", EndpointUpdate.Answer([]));
        _source.Say("catalog", Answer(last, [0, 1, 2, 3]));
        await UntilAsync(() => Newest(_catalog.Snapshot) == last, "the last answer is in the table");
        await UntilAsync(() => followers.All(follower => follower.IsCompleted), "everybody who waits has seen it");
        await Task.WhenAll(followers);
        foreach (var balancer in _balancers)
        {
            AssertPicksOf(last, balancer);
        }

        // A doubt that the last word did not end would take it back now.
        _harness.Time.Advance(TimeSpan.FromMinutes(1));
        var settled = _catalog.Snapshot;
        Assert.True(
            Newest(settled) == last && settled is { Status: ServiceStatus.Known, IsStale: false },
            $"{settled.Status}, {settled.Reason}, answer {Newest(settled)} of {last} (seed {_seed})");
    }

    public void AssertNoCallIsLost() => Assert.All(_seen.Keys, state => Assert.Equal(0, state.InFlight));

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static int Newest(EndpointSnapshot snapshot) => snapshot.Endpoints
        .Select(state => int.Parse(state.Instance.Version ?? "-1", CultureInfo.InvariantCulture))
        .DefaultIfEmpty(-1)
        .Max();

    private static EndpointUpdate Answer(int number, IEnumerable<int> ids) => EndpointUpdate.Answer(
        [.. ids.Select(id => Instances.Of($"i{id}") with { Version = $"{number}", Zone = id == 0 ? "b" : "a" })]);

    private void Disturb()
    {
        for (var step = 0; step < StepsPerRound; step++)
        {
            Interlocked.Increment(ref _steps);
            switch (_random.Next(20))
            {
                case 0:
                    _source.Say("catalog", EndpointUpdate.Answer([]));
                    break;
                case 1:
                    _source.Say("catalog", EndpointUpdate.NotFound);
                    break;
                case 2:
                    _source.Fail("connection refused");
                    break;
                case 3:
                    _source.Recover();
                    break;
                case 4:
                    _harness.Settings.Replace(_random.Next(2) == 0 ? Configured : []);
                    break;
                case 5:
                    _harness.Time.Advance(TimeSpan.FromMinutes(_random.Next(10) == 0 ? 11 : 0));
                    break;
                case < 10:
                    _harness.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(10_000)));
                    break;
                default:
                    _source.Say("catalog", Answer(++_said, Enumerable.Range(0, 4).Where(_ => _random.Next(3) > 0)));
                    break;
            }
        }
    }

    private void Call(int seed)
    {
        var random = new Random(seed);
        var open = new List<EndpointPick>();
        for (var step = 0; step < StepsPerRound; step++)
        {
            Interlocked.Increment(ref _steps);
            var balancer = _balancers[random.Next(_balancers.Length)];
            if (_catalog.TryPick(new PickRequest(default, key: $"{random.Next(10)}", balancer: balancer), out var pick))
            {
                _seen.TryAdd(pick.State, true);
                open.Add(pick);
            }

            if (open.Count > random.Next(8))
            {
                Complete(open, random);
            }
        }

        while (open.Count > 0)
        {
            Complete(open, random);
        }
    }

    private static void Complete(List<EndpointPick> open, Random random)
    {
        var index = random.Next(open.Count);
        open[index].Complete((EndpointOutcome)random.Next(5));
        open.RemoveAt(index);
    }

    // Waits for change after change, and must neither see an older answer after a newer one nor miss the last.
    private async Task FollowAsync(int last)
    {
        var newest = -1;
        var snapshot = _catalog.Snapshot;
        while (Newest(snapshot) < last)
        {
            var version = snapshot.Version;
            snapshot = await _catalog.WaitForChangeAsync(snapshot, TestContext.Current.CancellationToken);
            Interlocked.Increment(ref _steps);
            Assert.True(snapshot.Version > version, $"version {snapshot.Version} after {version} (seed {_seed})");
            var seen = Newest(snapshot);
            Assert.True(seen < 0 || seen >= newest, $"answer {seen} after {newest} (seed {_seed})");
            newest = Math.Max(newest, seen);
        }
    }

    private void AssertPicksOf(int last, LoadBalancer? balancer)
    {
        Assert.True(_catalog.TryPick(new PickRequest(default, balancer: balancer), out var pick), $"nobody to pick (seed {_seed})");
        pick.Complete(EndpointOutcome.Abandoned);
        Assert.Equal($"{last}", pick.State.Instance.Version);
    }

    // Time passes until it is so: what waits for its turn at the source, or for the end of a doubt, gets there.
    private async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            if (attempt > 5)
            {
                _harness.Time.Advance(TimeSpan.FromSeconds(2));
            }

            if (attempt > 3000)
            {
                Assert.Fail($"Did not happen: {what} (seed {_seed})");
            }

            await Task.Delay(attempt < 5 ? 0 : 1, CancellationToken.None);
        }
    }
}
