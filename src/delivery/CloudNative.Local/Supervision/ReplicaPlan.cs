using CloudNative.AppModel;
using CloudNative.Local.Building;
using CloudNative.Local.Ports;

namespace CloudNative.Local.Supervision;

/// <summary>What one replica is to run.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Service">Its service.</param>
/// <param name="Program">What is started.</param>
/// <param name="Ports">
/// The ports that were taken for it, the one that is asked for readiness first; none for a worker.
/// </param>
internal sealed record ReplicaPlan(ReplicaName Name, ServiceDefinition Service, ServiceProgram Program, IReadOnlyList<ReplicaPort> Ports);
