namespace CloudNative.Discovery.Balancing;

/// <summary>
/// One instance in the table: its statistics, and whether it is ejected. What is written here is written under the
/// roster's lock, the claim of a trial excepted.
/// </summary>
internal sealed class Member(ServiceInstance instance, Roster roster, long timestampFrequency)
{
    private bool _ejected;
    private long _nextTrial = long.MaxValue;

    public EndpointState State { get; } = new(instance, timestampFrequency);

    public bool IsEjected => Volatile.Read(ref _ejected);

    /// <summary>Whether it was ejected because no connection could be made.</summary>
    public bool IsUnreachable => Cause == EjectionCause.Unreachable;

    /// <summary>Why it is ejected; <see langword="null"/> while it is not.</summary>
    public EjectionCause? Cause { get; private set; }

    /// <summary>
    /// How fast an instance that was ejected for its latency must answer to come back, in ticks of the clock.
    /// </summary>
    public long LatencyLimit { get; set; }

    /// <summary>How its calls ended since the last comparison with its siblings.</summary>
    public Window Window { get; } = new();

    /// <summary>Whether its source no longer lists it, but is not believed yet.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>How often it was ejected without a healthy time between.</summary>
    public int Ejections { get; private set; }

    /// <summary>When it was ejected, or taken back.</summary>
    public long Changed { get; private set; } = long.MinValue;

    /// <summary>How long the last ejection lasts, in ticks of the clock.</summary>
    public long Duration { get; private set; }

    /// <summary>When it left the answers of its sources; <see langword="null"/> while it is there.</summary>
    public long? Departed { get; set; }

    /// <summary>
    /// When it appeared among instances that were known already, or was taken back; <see cref="long.MinValue"/> for one
    /// that is not new.
    /// </summary>
    public long FreshSince { get; set; } = long.MinValue;

    /// <summary>The timestamp from which one call may try the instance again.</summary>
    public long NextTrial => Volatile.Read(ref _nextTrial);

    /// <summary>When the trial in progress began.</summary>
    private long TrialBegun { get; set; } = long.MinValue;

    public void Complete(EndpointOutcome outcome, long begun, long? answered)
    {
        var now = roster.Now();
        var latency = (answered ?? now) - begun;
        var isFirst = !State.IsObserved;
        State.End(outcome, begun, answered ?? now);
        Window.Add(outcome, latency);
        roster.CompareWhenDue(now);
        if (outcome == EndpointOutcome.Success)
        {
            if (isFirst)
            {
                roster.ExpectLike(latency, now);
            }

            // An answer to a call from before the ejection proves nothing about now.
            if (IsEjected && begun >= Changed)
            {
                AnswerWhileEjected(latency, begun, now);
            }
        }
        else if (outcome is EndpointOutcome.Abandoned or EndpointOutcome.Overloaded)
        {
            if (begun == TrialBegun)
            {
                roster.OfferTrial(this, now);
            }
        }
        else
        {
            roster.Judge(this, outcome, begun, now);
        }
    }

    /// <summary>
    /// Claims the trial for the calling thread. It is on offer again when this one takes longer than the ejection did.
    /// </summary>
    public bool TryBeginTrial(long now)
    {
        var due = NextTrial;
        if (now < due || Interlocked.CompareExchange(ref _nextTrial, now + Duration, due) != due)
        {
            return false;
        }

        TrialBegun = now;
        return true;
    }

    public void OfferTrialAgain(long now) => Volatile.Write(ref _nextTrial, now);

    public void Eject(EjectionCause cause, long now, long duration)
    {
        Ejections++;
        Changed = IsEjected ? Changed : now;
        Duration = duration;
        Cause = cause;
        State.EjectedUntil = now + duration;
        Volatile.Write(ref _nextTrial, now + duration);
        Volatile.Write(ref _ejected, true);
    }

    public void Reinstate(long now)
    {
        Changed = now;
        FreshSince = now;
        if (Cause is EjectionCause.Failing or EjectionCause.Unreachable)
        {
            State.Forgive(now);
        }

        Cause = null;
        State.EjectedUntil = long.MinValue;
        Volatile.Write(ref _nextTrial, long.MaxValue);
        Volatile.Write(ref _ejected, false);
    }

    public void ForgetEjections() => Ejections = 0;

    private void AnswerWhileEjected(long latency, long begun, long now)
    {
        // One that fails now and then, or is slow, answers all the time; that says nothing before its time is over.
        if (Cause is EjectionCause.SuccessRate or EjectionCause.Latency && begun < State.EjectedUntil)
        {
            return;
        }

        if (Cause == EjectionCause.Latency && latency > LatencyLimit)
        {
            roster.JudgeSlow(this, begun, now);
            return;
        }

        roster.Reinstate(this, now);
    }
}
