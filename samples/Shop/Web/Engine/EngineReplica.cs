namespace Shop.Web.Engine;

/// <summary>One process as the local engine sees it.</summary>
/// <param name="Name">Service and number.</param>
/// <param name="Number">From 1.</param>
/// <param name="State">waiting, starting, ready, notReady, backingOff, stopping, stopped or elsewhere.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="ProcessId">Its process; <see langword="null"/> when none runs.</param>
/// <param name="Starts">How often it was started.</param>
public sealed record EngineReplica(string Name, int Number, string State, string? Address, int? ProcessId, int Starts);
