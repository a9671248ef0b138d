namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Ejection: several failures in a row take an instance out for a while that doubles each time; then one call tries it.
/// </summary>
internal sealed partial class Roster
{
    /// <summary>Looks at an instance after a failed attempt.</summary>
    public void Judge(Member member, EndpointOutcome outcome, long begun, long now)
    {
        var unreachable = outcome == EndpointOutcome.ConnectFailure;
        if (unreachable && member.IsDoubted)
        {
            DoubtedRefused?.Invoke(member.State.Instance);
        }

        var ejection = options.CurrentValue.Ejection;
        if (!ejection.Enabled || !IsDue(member, ejection, begun))
        {
            return;
        }

        lock (_lock)
        {
            if (IsDue(member, ejection, begun))
            {
                Eject(member, ejection, unreachable, now);
            }
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

    // While an instance is ejected only attempts that began after its time was over count: the rest are echoes of the same trouble.
    private static bool IsDue(Member member, EjectionOptions ejection, long begun) =>
        member.IsEjected
            ? begun >= member.State.EjectedUntil
            : begun >= member.Changed && member.State.ConsecutiveFailures >= ejection.ConsecutiveFailures;

    private void Eject(Member member, EjectionOptions ejection, bool unreachable, long now)
    {
        var again = member.IsEjected;
        if (!again && member.Ejections > 0 && time.GetElapsedTime(member.Changed, now) > ejection.MaxDuration)
        {
            member.ForgetEjections();
        }

        var duration = DurationOf(ejection, member.Ejections);
        member.Eject(unreachable, now, (long)(duration.TotalSeconds * time.TimestampFrequency));
        Rebuild();
        if (again)
        {
            LogStillEjected(service, member.State.Instance.Id, Address(member), duration.TotalSeconds);
            return;
        }

        metrics.Ejected(service, unreachable);
        LogEjected(
            service,
            member.State.Instance.Id,
            Address(member),
            member.State.ConsecutiveFailures,
            unreachable ? "no connection" : "failing",
            duration.TotalSeconds);
    }

    // Up to a tenth less or more, so that callers that saw the same failure do not all come back at once.
    private TimeSpan DurationOf(EjectionOptions ejection, int ejections)
    {
        var doubled = ejection.BaseDuration.TotalSeconds * Math.Pow(2, Math.Min(ejections, 20));
        var limited = Math.Min(doubled, ejection.MaxDuration.TotalSeconds);
        return TimeSpan.FromSeconds(limited * (0.9 + (_chance.Fraction() * 0.2)));
    }

    private static string Address(Member member)
    {
        var endpoints = member.State.Instance.Endpoints;
        return endpoints.Count == 0 ? "no address" : $"{endpoints[0].Host}:{endpoints[0].Port}";
    }
}
