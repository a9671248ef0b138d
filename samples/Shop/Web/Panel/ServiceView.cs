namespace Shop.Web.Panel;

/// <summary>A service with its instances.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it is for, in a few words.</param>
/// <param name="CanStop">Whether it may be stopped from here: not what this page itself needs to come back.</param>
/// <param name="Replicas">Its instances.</param>
public sealed record ServiceView(string Name, string Role, bool CanStop, IReadOnlyList<ReplicaView> Replicas)
{
    /// <summary>Whether no instance runs and none will.</summary>
    public bool IsStopped => Replicas.Count > 0 && Replicas.All(replica => replica.State == ReplicaState.Stopped);
}
