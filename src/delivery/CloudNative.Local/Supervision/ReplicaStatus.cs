using CloudNative.Local.Ports;

namespace CloudNative.Local.Supervision;

/// <summary>The present state of a replica, told to whoever listens. Safe to use from any thread.</summary>
internal sealed class ReplicaStatus(LocalReplica initial)
{
    private readonly Lock _gate = new();
    private LocalReplica _snapshot = initial;

    public event Action<LocalReplica>? Changed;

    public LocalReplica Snapshot
    {
        get
        {
            lock (_gate)
            {
                return _snapshot;
            }
        }
    }

    public Uri? Address => Snapshot.Address;

    public void Set(LocalReplicaState state, int? processId) =>
        Change(snapshot => snapshot with { State = state, ProcessId = processId });

    public void SetStarted(int processId) =>
        Change(snapshot => snapshot with
        {
            State = LocalReplicaState.Starting,
            ProcessId = processId,
            Starts = snapshot.Starts + 1,
        });

    public void MoveTo(IReadOnlyList<ReplicaPort> ports) =>
        Change(snapshot => snapshot with
        {
            State = LocalReplicaState.Waiting,
            ProcessId = null,
            Address = ReplicaPorts.Main(ports),
            NamedAddresses = ReplicaPorts.Named(ports),
        });

    private void Change(Func<LocalReplica, LocalReplica> change)
    {
        LocalReplica after;
        lock (_gate)
        {
            after = _snapshot = change(_snapshot);
        }

        Changed?.Invoke(after);
    }
}
