using System.Collections.Frozen;

namespace CloudNative.Local;

/// <summary>One process of a service, as it was at one moment.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Number">Which of the service's replicas, from 1.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Address">
/// Where it listens; <see langword="null"/> for a worker. Stays over restarts unless the port was taken.
/// </param>
/// <param name="ProcessId">Its process, for display only; <see langword="null"/> when none runs.</param>
/// <param name="Starts">How often it was started in this run.</param>
/// <param name="LogFile">Full path of the file with all it wrote.</param>
public sealed record LocalReplica(
    string Service, int Number, LocalReplicaState State, Uri? Address, int? ProcessId, int Starts, string LogFile)
{
    /// <summary>Service and number, <c>catalog-1</c>.</summary>
    public string Name => $"{Service}-{Number}";

    /// <summary>
    /// Where its other endpoints listen, by the names that the app's file gives them: <c>grpc</c>. Empty for most
    /// services.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> NamedAddresses { get; init; } = FrozenDictionary<string, Uri>.Empty;
}
