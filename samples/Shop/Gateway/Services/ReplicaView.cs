namespace Shop.Gateway.Services;

/// <summary>One instance of a service as the gateway's endpoint table knows it.</summary>
/// <param name="Id">The instance's id; a process that is started again has another one.</param>
/// <param name="Name">Its name in the local engine, else its id.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="TakesCalls">Whether it is not left out for its failures.</param>
/// <param name="InFlight">Requests it is working on for this gateway.</param>
/// <param name="LatencyMilliseconds">Average of the last seconds; 0 before the first call.</param>
internal sealed record ReplicaView(
    string Id, string Name, string Address, bool TakesCalls, int InFlight, double LatencyMilliseconds);
