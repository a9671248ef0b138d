using CloudNative.Http.Settings;

namespace CloudNative.Http.Limits;

/// <summary>
/// How many calls of one client may wait for one instance. There is no limit before the instance shows that it has too much to do: it says
/// so, it lets calls run into their timeout, or it gets slower with every call that waits there. Then the limit falls in proportion, and
/// rises by a twentieth a window for as long as it is used up and all goes well. Thread-safe; entering takes no lock.
/// </summary>
internal sealed class AdaptiveLimit(long timestampFrequency)
{
    private const int None = int.MaxValue;
    private const int Samples = 10;
    private const double Growth = 0.05;
    private const double LeastCut = 0.9;
    private const double MostCut = 0.5;
    private const double Used = 0.8;

    // A cut by half that leaves this much of the latency has not helped.
    private const double Helped = 0.8;
    // A burst makes calls slow too, and is over before this many windows are.
    private const int Patience = 4;
    private const double SlowBlend = 0.2;

    private readonly long _window = timestampFrequency / 10;
    private readonly long _longestWindow = timestampFrequency;
    private readonly long _memory = 5 * timestampFrequency;
    private readonly long _drift = 60 * timestampFrequency;
    private readonly Lock _lock = new();
    private int _inFlight;
    private int _allowed = None;
    private double _limit = double.PositiveInfinity;
    private double _usual;
    private Window _seen;
    private long _lastNeeded;
    private int _slowWindows;
    private double _cutFrom;
    private double _cutLatency;

    /// <summary>How many calls it allows; as many as the settings do while nothing was learned.</summary>
    public int Allowed(ClientSettings settings) => Math.Min(Volatile.Read(ref _allowed), settings.LimitMaximum);

    /// <summary>Takes a place, which <see cref="Leave"/> gives back.</summary>
    public bool TryEnter(ClientSettings settings)
    {
        if (Interlocked.Increment(ref _inFlight) <= Allowed(settings))
        {
            return true;
        }

        Interlocked.Decrement(ref _inFlight);
        return false;
    }

    /// <summary>Gives a place back and learns from how the call went.</summary>
    /// <param name="signal">What it says of the instance.</param>
    /// <param name="latency">How long the answer took, in ticks of the clock.</param>
    /// <param name="now">The timestamp.</param>
    /// <param name="settings">The client's settings.</param>
    public void Leave(LimitSignal signal, long latency, long now, ClientSettings settings)
    {
        var inFlight = Interlocked.Decrement(ref _inFlight) + 1;
        if (signal == LimitSignal.Nothing)
        {
            return;
        }

        lock (_lock)
        {
            _seen.Add(signal, latency, now, inFlight);
            var elapsed = now - _seen.Begun;
            if (elapsed >= _longestWindow || (elapsed >= _window && _seen.Total >= Samples))
            {
                Learn(now, elapsed, settings);
                Volatile.Write(ref _allowed, double.IsPositiveInfinity(_limit) ? None : (int)_limit);
                _seen = default;
            }
        }
    }

    private void Learn(long now, long elapsed, ClientSettings settings)
    {
        var used = Math.Min(_limit, _seen.Peak);
        if (_seen.Overloads > 0)
        {
            Cut(used * (1 - (0.5 * _seen.Overloads / _seen.Total)), now, settings);
            return;
        }

        var isSlow = _usual > 0 && _seen.MeanLatency > settings.LimitTolerance * _usual && _seen.Peak > settings.LimitMinimum;
        if (isSlow && ++_slowWindows >= Patience)
        {
            CutForLatency(used, now, settings);
            return;
        }

        if (!isSlow)
        {
            _slowWindows = 0;
            _cutFrom = 0;
            Blend(elapsed);
        }

        if (_seen.Peak >= Used * _limit)
        {
            _lastNeeded = now;
            _limit = Math.Min(_limit + Math.Max(1, _limit * Growth), settings.LimitMaximum);
        }
        else if (now - _lastNeeded > _memory)
        {
            // Nobody came near it for a while: what was learned is about a load that is gone.
            _limit = double.PositiveInfinity;
        }
    }

    /// <summary>
    /// Latency rises for many reasons. Where half the calls do not make it fall, they are not the reason: the limit is put back, and what
    /// was measured is what is usual from then on.
    /// </summary>
    private void CutForLatency(double used, long now, ClientSettings settings)
    {
        var latency = _seen.MeanLatency;
        if (_cutFrom == 0)
        {
            (_cutFrom, _cutLatency) = (used, latency);
        }
        else if (_limit <= Math.Max(_cutFrom / 2, settings.LimitMinimum))
        {
            if (latency > Helped * _cutLatency)
            {
                (_limit, _usual, _cutFrom, _slowWindows) = (_cutFrom, latency, 0, 0);
                return;
            }

            (_cutFrom, _cutLatency) = (_limit, latency);
        }

        Cut(used * Math.Clamp(settings.LimitTolerance * _usual / latency, MostCut, LeastCut), now, settings);
    }

    private void Cut(double limit, long now, ClientSettings settings)
    {
        _lastNeeded = now;
        _limit = Math.Clamp(limit, settings.LimitMinimum, Math.Max(settings.LimitMinimum, settings.LimitMaximum));
    }

    // What is usual follows a service that became faster within a second, one that became slower within a minute.
    private void Blend(long elapsed)
    {
        var latency = _seen.MeanLatency;
        var share = latency < _usual ? SlowBlend : Math.Min(1, (double)elapsed / _drift);
        _usual = _usual == 0 ? latency : _usual + ((latency - _usual) * share);
    }

    private struct Window
    {
        private long _latencies;
        private int _successes;

        public long Begun { get; private set; }

        public int Overloads { get; private set; }

        public int Peak { get; private set; }

        public readonly int Total => _successes + Overloads;

        public readonly double MeanLatency => _successes == 0 ? 0 : (double)_latencies / _successes;

        public void Add(LimitSignal signal, long latency, long now, int inFlight)
        {
            if (Total == 0)
            {
                Begun = now;
            }

            Peak = Math.Max(Peak, inFlight);
            if (signal == LimitSignal.Overload)
            {
                Overloads++;
                return;
            }

            _successes++;
            _latencies += latency;
        }
    }
}
