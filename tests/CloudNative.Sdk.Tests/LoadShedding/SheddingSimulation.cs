using CloudNative.Sdk.LoadShedding;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Sdk.Tests.LoadShedding;

/// <summary>
/// A service that does eight things at a time, 10 ms each, in the order in which they came, and goes on with what nobody waits for any
/// longer; callers who do not wait for each other and give up after half a second. In virtual time.
/// </summary>
internal sealed class SheddingSimulation : IAdmissionObserver, IDisposable
{
    public const int PeakPerSecond = 800;

    private const long Second = TimeSpan.TicksPerSecond;

    private readonly Random _random;
    private readonly FakeTimeProvider _clock = new();
    private readonly PriorityQueue<Action, long> _events = new();
    private readonly Queue<Action> _hidden = new();
    private readonly Admission? _admission;
    private readonly long _start;
    private int _busy;

    public SheddingSimulation(int seed, bool isShedding = true)
    {
        _random = new Random(seed);
        _start = _clock.GetTimestamp();
        _admission = isShedding ? new Admission(new LoadSheddingOptions(), _clock, this) : null;
    }

    /// <summary>How many things it does at a time.</summary>
    public int Places { get; init; } = 8;

    /// <summary>How long one thing takes, in milliseconds, by the second and a random number.</summary>
    public Func<double, double, double> Work { get; set; } = static (_, chance) => 5 + (10 * chance);

    /// <summary>The priority of the next request.</summary>
    public Func<double, RequestPriority> Priority { get; init; } = static _ => RequestPriority.Normal;

    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(500);

    public List<SimulatedRequest> Requests { get; } = [];

    public int Declined { get; private set; }

    public int Limit => _admission?.Limit ?? 0;

    private long Now => _clock.GetTimestamp() - _start;

    public void OnDeclined(RequestPriority priority) => Declined++;

    public void Dispose() => _admission?.Dispose();

    /// <summary>Lets requests come for some seconds, so many of the peak.</summary>
    public SheddingSimulation Run(double seconds, double load)
    {
        var until = Now + (long)(seconds * Second);
        ArriveAfter(load * PeakPerSecond, until);
        while (_events.TryPeek(out _, out var at) && at <= until)
        {
            Advance(at);
            _events.Dequeue()();
        }

        Advance(until);
        return this;
    }

    /// <summary>Schedules so many requests for one moment.</summary>
    public void BurstAt(double second, int requests, double? milliseconds = null) => _events.Enqueue(
        () =>
        {
            for (var request = 0; request < requests; request++)
            {
                Arrive(milliseconds);
            }
        },
        (long)(second * Second));

    /// <summary>Requests a second that were answered in time, among those that came from one second to another.</summary>
    public double Goodput(double from, double to) =>
        Requests.Count(request => request.Came >= from * Second && request.Came < to * Second && request.IsGood(Patience)) / (to - from);

    /// <summary>The share of the requests that came from one second to another and were answered in time.</summary>
    public double Success(double from, double to)
    {
        var came = Requests.Where(request => request.Came >= from * Second && request.Came < to * Second).ToList();
        return came.Count(request => request.IsGood(Patience)) / (double)came.Count;
    }

    // Steps of at most a few milliseconds, so that timers are not late.
    private void Advance(long until)
    {
        while (Now < until)
        {
            _clock.Advance(TimeSpan.FromTicks(Math.Min(until - Now, TimeSpan.TicksPerMillisecond * 5)));
        }
    }

    private void ArriveAfter(double perSecond, long until)
    {
        if (perSecond == 0)
        {
            return;
        }

        var at = Now + (long)(-Math.Log(1 - _random.NextDouble()) * Second / perSecond);
        if (at <= until)
        {
            _events.Enqueue(
                () =>
                {
                    ArriveAfter(perSecond, until);
                    Arrive(null);
                },
                at);
        }
    }

    private void Arrive(double? milliseconds)
    {
        SimulatedRequest request = null!;
        request = new SimulatedRequest(
            Priority(_random.NextDouble()), Now, isAdmitted => Serve(isAdmitted, milliseconds));
        Requests.Add(request);
        if (_admission is null || _admission.TryEnter())
        {
            request.Decide(true);
        }
        else
        {
            _admission.Wait(request);
        }

        void Serve(bool isAdmitted, double? duration)
        {
            if (!isAdmitted)
            {
                return;
            }

            var begun = _clock.GetTimestamp();
            Do(duration ?? Work((double)Now / Second, _random.NextDouble()), () =>
            {
                request.Answered = Now;
                _admission?.Leave(begun, isTelling: true);
            });
        }
    }

    private void Do(double milliseconds, Action done)
    {
        if (_busy == Places)
        {
            _hidden.Enqueue(Begin);
            return;
        }

        Begin();

        void Begin()
        {
            _busy++;
            _events.Enqueue(
                () =>
                {
                    _busy--;
                    if (_hidden.TryDequeue(out var next))
                    {
                        next();
                    }

                    done();
                },
                Now + (long)(milliseconds * TimeSpan.TicksPerMillisecond));
        }
    }
}
