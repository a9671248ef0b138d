namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Ejection: several failures in a row take an instance out for a while that doubles each time; then one call tries it.
/// </summary>
internal sealed partial class Roster
{
    private EjectionOptions Ejection => options.Value.Ejection;

    /// <summary>Looks at an instance after a failed attempt.</summary>
    public void Judge(Member member, EndpointOutcome outcome, long begun, long now)
    {
        var unreachable = outcome == EndpointOutcome.ConnectFailure;
        if (unreachable && member.IsDoubted)
        {
            DoubtedRefused?.Invoke(member.State.Instance);
        }

        EjectWhenDue(member, unreachable ? EjectionCause.Unreachable : EjectionCause.Failing, begun, now);
    }

    /// <summary>An instance that was left out because it was slow answered its trial, slowly.</summary>
    public void JudgeSlow(Member member, long begun, long now) => EjectWhenDue(member, EjectionCause.Latency, begun, now);

    private void EjectWhenDue(Member member, EjectionCause cause, long begun, long now)
    {
        var ejection = Ejection;
        if (!ejection.Enabled || !IsDue(member, ejection, begun))
        {
            return;
        }

        lock (_lock)
        {
            if (!IsDue(member, ejection, begun))
            {
                return;
            }

            var again = member.IsEjected;
            var duration = Eject(member, ejection, cause, now);
            if (again)
            {
                LogStillEjected(service, member.State.Instance.Id, Address(member), duration.TotalSeconds);
                return;
            }

            LogEjected(
                service,
                member.State.Instance.Id,
                Address(member),
                member.State.ConsecutiveFailures,
                cause == EjectionCause.Unreachable ? "no connection" : "failing",
                duration.TotalSeconds);
        }
    }

    public void Reinstate(Member member, long now)
    {
        lock (_lock)
        {
            if (!member.IsEjected)
            {
                return;
            }

            var away = time.GetElapsedTime(member.Changed, now);
            member.Reinstate(now);
            Rebuild();
            metrics.Reinstated(service);
            LogReinstated(service, member.State.Instance.Id, Address(member), away.TotalSeconds);
        }
    }

    public void OfferTrial(Member member, long now)
    {
        lock (_lock)
        {
            if (member.IsEjected)
            {
                member.OfferTrialAgain(now);
                Rebuild();
            }
        }
    }

    // While an instance is ejected only attempts that began after its time was over count: the rest are echoes of the
    // same trouble.
    private static bool IsDue(Member member, EjectionOptions ejection, long begun) =>
        member.IsEjected
            ? begun >= member.State.EjectedUntil
            : begun >= member.Changed && member.State.ConsecutiveFailures >= ejection.ConsecutiveFailures;

    private TimeSpan Eject(Member member, EjectionOptions ejection, EjectionCause cause, long now)
    {
        var again = member.IsEjected;
        var memory = Longer(ejection.MaxDuration, ejection.Interval * 2);
        if (!again && member.Ejections > 0 && time.GetElapsedTime(member.Changed, now) > memory)
        {
            member.ForgetEjections();
        }

        var duration = DurationOf(ejection, cause, member.Ejections);
        member.Eject(cause, now, Ticks(duration));
        Rebuild();
        if (!again)
        {
            metrics.Ejected(service, cause);
        }

        return duration;
    }

    // Up to a tenth less or more, so that callers that saw the same failure do not all come back at once. What took an
    // interval to be found is left out for one at least: a single good call would take it back at once.
    private TimeSpan DurationOf(EjectionOptions ejection, EjectionCause cause, int ejections)
    {
        var shortest = cause is EjectionCause.SuccessRate or EjectionCause.Latency ? ejection.Interval : TimeSpan.Zero;
        var doubled = Longer(ejection.BaseDuration, shortest) * Math.Pow(2, Math.Min(ejections, 20));
        var longest = Longer(ejection.MaxDuration, shortest);
        return (doubled < longest ? doubled : longest) * (0.9 + (_chance.Fraction() * 0.2));
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * time.TimestampFrequency);

    private static string Address(Member member)
    {
        var endpoints = member.State.Instance.Endpoints;
        return endpoints.Count == 0 ? "no address" : $"{endpoints[0].Host}:{endpoints[0].Port}";
    }
}
