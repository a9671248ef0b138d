namespace CloudNative.Sdk.LoadShedding;

/// <summary>What was decided under a lock, to be told outside of it. One costs nothing to keep.</summary>
internal struct Decisions
{
    private (Waiter Waiter, bool IsAdmitted) _first;
    private List<(Waiter Waiter, bool IsAdmitted)>? _more;

    public void Admit(Waiter waiter) => Add(waiter, true);

    public void Decline(Waiter waiter) => Add(waiter, false);

    public readonly void Tell(IAdmissionObserver observer)
    {
        if (_first.Waiter is null)
        {
            return;
        }

        Tell(observer, _first);
        foreach (var decision in _more ?? [])
        {
            Tell(observer, decision);
        }
    }

    private static void Tell(IAdmissionObserver observer, (Waiter Waiter, bool IsAdmitted) decision)
    {
        if (!decision.IsAdmitted)
        {
            observer.OnDeclined(decision.Waiter.Priority);
        }

        decision.Waiter.Decide(decision.IsAdmitted);
    }

    private void Add(Waiter waiter, bool isAdmitted)
    {
        if (_first.Waiter is null)
        {
            _first = (waiter, isAdmitted);
            return;
        }

        (_more ??= []).Add((waiter, isAdmitted));
    }
}
