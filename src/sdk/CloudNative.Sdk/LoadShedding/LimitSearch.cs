namespace CloudNative.Sdk.LoadShedding;

/// <summary>
/// Finds how many requests to serve at the same time. As long as requests are as quick as usual there is no limit. When they have become
/// slower together with their number, the limit is tried lower: requests that had only been in each other's way are then served as
/// quickly, one after the other, and the lower limit stays. Where fewer are served a second, they had not been, and it is put back. Not
/// thread-safe.
/// </summary>
internal sealed class LimitSearch(int minimum, long patience, long frequency)
{
    public const int Open = int.MaxValue;

    private const double Slow = 2;
    private const int SlowWindows = 3;
    private const int FewSamples = 10;
    private const int WatchSamples = 20;
    private const int Samples = 80;

    // Settling takes that much longer than it should before it is given up.
    private const double Delay = 1.4;
    private const double Room = 1.5;
    private const double Coarse = 0.5;
    private const double Fine = 0.9;

    private readonly long _second = frequency;
    private readonly long _window = frequency / 10;
    private readonly long _patience = patience;
    private readonly long _hold = frequency;
    private readonly long _quicker = 5 * frequency;
    private readonly long _slower = 60 * frequency;
    private readonly long _quiet = 60 * frequency;

    private RateWindow _seen;
    private double _usual;
    private int _slow;
    private double _limit;
    private double _up = Fine;
    private Trial _trial;
    private double _limitBefore;
    private double _rateBefore;
    private long _settlesSince = -1;
    private long _settledAt = long.MinValue;
    private long _settleTime;
    private long _holdsSince;
    private long _idleSince = -1;
    private long _alarmedAgainFrom;
    private bool _nextIsUp;
    private bool _isDoubtful;

    private enum Trial
    {
        None,
        Down,
        Up,
    }

    /// <summary>How many may be served at the same time.</summary>
    public int Limit { get; private set; } = Open;

    /// <summary>How long a request usually takes, in ticks of the clock; 0 while not known.</summary>
    public double Usual => _usual;

    /// <summary>Begins the search at a limit.</summary>
    public void Begin(long now, int limit)
    {
        Set(limit, now);
        Hold(now, nextIsUp: true);
    }

    /// <summary>Whether a request has taken longer than it should.</summary>
    public bool IsSlow(long latency) => _usual > 0 && latency > Slow * _usual;

    /// <summary>Notes a request that was served.</summary>
    /// <param name="now">The timestamp.</param>
    /// <param name="latency">How long it took, in ticks.</param>
    /// <param name="inFlight">How many were served at the same time, this one included.</param>
    /// <param name="isBinding">Whether others wait.</param>
    public void Note(long now, long latency, int inFlight, bool isBinding)
    {
        if (IsSettling(now, inFlight - 1))
        {
            return;
        }

        _seen.Add(now, latency, isFresh: now - latency >= _settledAt, inFlight, isBinding);
        var elapsed = now - _seen.Begun;
        var samples = Limit == Open ? WatchSamples : _isDoubtful ? 2 * Samples : Samples;
        if (elapsed < _window || (_seen.Count < samples && elapsed < (_seen.Count < FewSamples ? 2 * _second : _second)))
        {
            return;
        }

        if (Limit == Open)
        {
            Watch(now, elapsed);
        }
        else
        {
            _isDoubtful = !_isDoubtful && _trial == Trial.Down && _seen.IsBinding && FollowsTheLimit(_seen.Rate(_second, now));
            if (_isDoubtful)
            {
                return; // To put it back has consequences, so it is measured for twice as long.
            }

            Search(now, elapsed);
        }

        _seen = default;
    }

    /// <summary>Time passes while requests wait, and none may end.</summary>
    public void Tick(long now, int inFlight) => IsSettling(now, inFlight);

    private void Watch(long now, long elapsed)
    {
        var latency = _seen.MeanLatency;
        if (_usual > 0 && latency > Slow * _usual && _seen.Peak >= 2 * minimum && now >= _alarmedAgainFrom)
        {
            if (++_slow >= SlowWindows)
            {
                _limit = _seen.Peak;
                StepDown(now, _seen.Rate(_second, now));
            }

            return;
        }

        _slow = 0;
        var share = (double)elapsed / (latency < _usual ? _quicker : _slower);
        _usual = _usual == 0 ? latency : _usual + ((latency - _usual) * Math.Min(1, share));
    }

    private void Search(long now, long elapsed)
    {
        var rate = _seen.Rate(_second, now);
        if (!_seen.IsBinding)
        {
            _trial = Trial.None;
            _idleSince = _idleSince < 0 ? now - elapsed : _idleSince;
            if (now - _idleSince >= _hold)
            {
                // There has been room for everybody for a while.
                End(now, quiet: 0);
            }

            return;
        }

        _idleSince = -1;
        switch (_trial)
        {
            case Trial.Down when !FollowsTheLimit(rate):
                StepOn(now, rate);
                break;
            case Trial.Down:
                Undo(now, rate);
                break;
            case Trial.Up when FollowsTheLimit(rate):
                StepUp(now, rate);
                break;
            case Trial.Up:
                Set(_limitBefore, now);
                Hold(now, nextIsUp: false);
                break;
            default:
                Continue(now, rate);
                break;
        }
    }

    /// <summary>Whether the rate rose or fell with the limit, rather than stay as it was: what is nearer.</summary>
    private bool FollowsTheLimit(double rate)
    {
        var middle = _rateBefore * (1 + (_limit / _limitBefore)) / 2;
        return _limit < _limitBefore ? rate < middle : rate > middle;
    }

    // The lower limit was as good. While requests are still in each other's way, go where they would not be at this rate, and wait for as
    // long as it takes to work off what is too much: it is an overload, and nobody is served less for it.
    private void StepOn(long now, double rate)
    {
        var before = _limit;
        var enough = Room * rate * _usual / _second;
        if (_seen.MeanLatency > Slow * _usual && before > minimum)
        {
            (_trial, _limitBefore, _rateBefore) = (Trial.Down, before, rate);
            Set(Math.Min(Coarse * before, enough), now);
            _settleTime = Math.Max(_patience, (long)((before - _limit) * _second / Math.Max(1, rate)));
        }
        else
        {
            Hold(now, nextIsUp: true);
        }
    }

    private void Undo(long now, double rate)
    {
        var wasCoarse = _limit < Fine * _limitBefore * Fine;
        if (wasCoarse)
        {
            // With so many fewer it takes as long: that is what it takes.
            _usual = _seen.MeanLatency;
        }

        Set(_limitBefore, now);
        _up = wasCoarse ? Coarse : Fine;
        StepUp(now, Math.Max(rate, _rateBefore));
    }

    private void Continue(long now, double rate)
    {
        if (now - _holdsSince < _hold)
        {
            return;
        }

        if (_nextIsUp)
        {
            StepUp(now, rate);
        }
        else
        {
            StepDown(now, rate);
        }
    }

    private void StepDown(long now, double rate)
    {
        (_trial, _limitBefore, _rateBefore) = (Trial.Down, _limit, rate);

        // No further than as many end in the time that others may have to wait for it.
        var factor = _seen.MeanLatency > Slow * _usual ? Coarse : Fine;
        Set(Math.Max(_limit * factor, _limit - (rate * _patience / _second)), now);
    }

    private void StepUp(long now, double rate)
    {
        (_trial, _limitBefore, _rateBefore) = (Trial.Up, _limit, rate);
        Set(Math.Min(_limit / _up, _limit + (rate * _patience / _second)), now);
    }

    private void Hold(long now, bool nextIsUp)
    {
        (_trial, _holdsSince, _nextIsUp) = (Trial.None, now, nextIsUp);
        _up = Fine;
    }

    private void Set(double limit, long now)
    {
        _limit = Math.Max(minimum, limit);
        Limit = (int)Math.Round(_limit);
        _settlesSince = now;
        _settleTime = _patience;
    }

    /// <summary>
    /// Whether more requests are being served than the limit allows, as it was lowered; what is measured until then says nothing.
    /// </summary>
    private bool IsSettling(long now, int inFlight)
    {
        if (_settlesSince < 0)
        {
            return false;
        }

        if (inFlight <= Limit)
        {
            _settlesSince = -1;
            _settledAt = now;
            _isDoubtful = false;
            _seen = default;
            return false;
        }

        if (now - _settlesSince > Delay * _settleTime)
        {
            // They last too long to find out by waiting, and are not to blame for it.
            End(now, _quiet);
            return false;
        }

        return true;
    }

    private void End(long now, long quiet)
    {
        Limit = Open;
        _trial = Trial.None;
        _slow = 0;
        _idleSince = _settlesSince = -1;
        _seen = default;
        _alarmedAgainFrom = now + quiet;
    }
}
