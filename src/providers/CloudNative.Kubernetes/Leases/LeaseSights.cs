namespace CloudNative.Kubernetes.Leases;

/// <summary>
/// The last states of one Lease object, in the order in which they came: the answer to a question may come after the
/// watch has told of a later state, and neither must make the other count anew.
/// </summary>
internal sealed class LeaseSights
{
    private const int MostStates = 4;

    private readonly List<LeaseSight> _states = new(MostStates);

    /// <summary>The largest token seen, also of an object of this name that is gone.</summary>
    public long Token { get; private set; }

    /// <summary>Whether something holds of one of them: which is the newest nobody knows.</summary>
    public bool Any(Predicate<LeaseSight> condition) => _states.Exists(condition);

    public LeaseSight? Find(KubernetesLease lease) => _states.Find(state => state.Shows(lease));

    public void Add(KubernetesLease lease, long now)
    {
        if (Find(lease) is not null)
        {
            return;
        }

        if (_states.Count == MostStates)
        {
            _states.RemoveAt(0);
        }

        _states.Add(new LeaseSight(lease, now));
        Token = Math.Max(Token, LeaseMarks.TokenOf(lease));
    }
}
