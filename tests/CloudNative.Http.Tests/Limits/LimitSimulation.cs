using CloudNative.Discovery;
using CloudNative.Http.Limits;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Tests.Limits;

/// <summary>
/// One instance that does eight things at a time, 10 ms each, and everything else in the order in which it came, whether its caller still
/// waits or not; and callers who do not wait for each other. In virtual time.
/// </summary>
internal sealed class LimitSimulation(int seed, bool isLimited, int shedsAbove = int.MaxValue)
{
    public const int Places = 8;
    public const int PeakPerSecond = 800;

    private const long Second = 1_000_000;
    private const long Timeout = Second / 2;

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Action, long> _events = new();
    private readonly Queue<Action> _waiting = new();
    private readonly AdaptiveLimit _limit = new(Second);
    private readonly ClientSettings _settings = new(new ServiceClientOptions { ConcurrencyLimit = { Enabled = isLimited } }, null, []);
    private readonly Dictionary<int, int> _good = [];
    private readonly Dictionary<int, int> _shed = [];
    private readonly Dictionary<int, int> _sent = [];
    private long _now;
    private int _busy;

    /// <summary>How many times as long everything takes, from which second on.</summary>
    public (int Second, double Factor) Slower { get; init; } = (int.MaxValue, 1);

    public int Allowed => _limit.Allowed(_settings);

    public int Rejected { get; private set; }

    /// <summary>Runs through loads, each for some seconds, as a share of what the instance can do.</summary>
    public void Run(params (int Seconds, double Load)[] phases)
    {
        foreach (var (seconds, load) in phases)
        {
            var until = _now + (seconds * Second);
            ArriveAfter(load * PeakPerSecond, until);
            while (_events.TryPeek(out _, out var at) && at <= until)
            {
                _now = at;
                _events.Dequeue()();
            }

            _now = until;
        }
    }

    /// <summary>Calls a second that were answered in time, among those answered from one second to another.</summary>
    public double Goodput(int from, int to) => PerSecond(_good, from, to);

    /// <summary>The share of what reached the instance that it declined.</summary>
    public double ShareShed(int from, int to) => PerSecond(_shed, from, to) / Math.Max(1, PerSecond(_sent, from, to));

    private static double PerSecond(Dictionary<int, int> counts, int from, int to) =>
        Enumerable.Range(from, to - from).Sum(second => counts.GetValueOrDefault(second)) / (double)(to - from);

    private static void Count(Dictionary<int, int> counts, long at) =>
        counts[(int)(at / Second)] = counts.GetValueOrDefault((int)(at / Second)) + 1;

    private void ArriveAfter(double perSecond, long until)
    {
        var at = _now + (long)(-Math.Log(1 - _random.NextDouble()) * Second / perSecond);
        if (at <= until)
        {
            _events.Enqueue(
                () =>
                {
                    ArriveAfter(perSecond, until);
                    Call();
                },
                at);
        }
    }

    private void Call()
    {
        if (isLimited && !_limit.TryEnter(_settings))
        {
            Rejected++;
            return;
        }

        Count(_sent, _now);
        var begun = _now;
        if (_waiting.Count + _busy >= shedsAbove)
        {
            Count(_shed, _now);
            End(EndpointOutcome.Overloaded, begun);
            return;
        }

        var isOver = false;
        _events.Enqueue(() => Conclude(EndpointOutcome.Timeout), begun + Timeout);
        Work(() => Conclude(EndpointOutcome.Success));

        void Conclude(EndpointOutcome outcome)
        {
            if (isOver)
            {
                return;
            }

            isOver = true;
            if (outcome == EndpointOutcome.Success)
            {
                Count(_good, _now);
            }

            End(outcome, begun);
        }
    }

    private void Work(Action done)
    {
        if (_busy == Places)
        {
            _waiting.Enqueue(() => Begin(done));
            return;
        }

        Begin(done);
    }

    private void Begin(Action done)
    {
        _busy++;
        var factor = _now >= Slower.Second * Second ? Slower.Factor : 1;
        _events.Enqueue(
            () =>
            {
                _busy--;
                done();
                if (_waiting.TryDequeue(out var next))
                {
                    next();
                }
            },
            _now + (long)(Second / 100 * factor * (0.5 + _random.NextDouble())));
    }

    private void End(EndpointOutcome outcome, long begun)
    {
        if (isLimited)
        {
            _limit.Leave(LimitSignals.Of(outcome), _now - begun, _now, _settings);
        }
    }
}
