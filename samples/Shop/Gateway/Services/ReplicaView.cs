namespace Shop.Gateway.Services;

/// <summary>One instance of a service as the gateway's endpoint table knows it.</summary>
/// <param name="Name">Its name in the local engine, else its id.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="InFlight">Requests it is working on for this gateway.</param>
/// <param name="LatencyMilliseconds">Average of the last seconds; 0 before the first call.</param>
internal sealed record ReplicaView(string Name, string Address, int InFlight, double LatencyMilliseconds);
