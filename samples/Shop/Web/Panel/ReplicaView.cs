using Shop.Web.Faults;

namespace Shop.Web.Panel;

/// <summary>
/// One instance: what the engine says of its process, and what this storefront's endpoint table says of it as a neighbour.
/// </summary>
/// <param name="Name">Service and number.</param>
/// <param name="Number">From 1; <see langword="null"/> for one that the engine did not start.</param>
/// <param name="State">Of the process; see <see cref="ReplicaState"/>.</param>
/// <param name="ProcessId">Of the process.</param>
/// <param name="Starts">How often it was started.</param>
/// <param name="Endpoint">As an endpoint; <see langword="null"/> when it is not registered.</param>
/// <param name="Fault">What is wrong with it; <see langword="null"/> when it cannot be told to be broken, or not now.</param>
public sealed record ReplicaView(
    string Name, int? Number, ReplicaState State, int? ProcessId, int Starts, EndpointView? Endpoint, Fault? Fault = null);
