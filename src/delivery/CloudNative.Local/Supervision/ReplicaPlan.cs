using CloudNative.AppModel;
using CloudNative.Local.Building;

namespace CloudNative.Local.Supervision;

/// <summary>What one replica is to run.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Service">Its service.</param>
/// <param name="Program">What is started.</param>
/// <param name="Port">The port that was taken for it; null for a worker.</param>
/// <param name="MayMove">Whether another port will do.</param>
internal sealed record ReplicaPlan(ReplicaName Name, ServiceDefinition Service, ServiceProgram Program, int? Port, bool MayMove);
