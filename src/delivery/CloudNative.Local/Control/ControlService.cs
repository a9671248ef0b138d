namespace CloudNative.Local.Control;

/// <summary>A service as it is told to clients.</summary>
internal sealed record ControlService(string Name, IReadOnlyList<ControlReplica> Replicas);
