using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>Who takes part where instances fail.</summary>
internal static class Lineup
{
    /// <summary>Ours, ours without what it is about, ours switched off, and the peers; over HTTP, then over gRPC.</summary>
    public static IReadOnlyList<CreateStack> All { get; } =
    [
        Stacks.Here, Stacks.WithoutEjection, Stacks.Blind, Stacks.SwitchedOff, Stacks.ServiceDefaults, Stacks.Hedging, Stacks.ByAuthority,
        Stacks.Polly, Stacks.Plain, Stacks.Yarp, GrpcStacks.Here, GrpcStacks.Blind, GrpcStacks.RoundRobin,
    ];

    /// <summary>Those of a test that are not ours, or ours no more; what they lack shows also when they run all at once.</summary>
    public static IReadOnlyList<CreateStack> Others { get; } =
    [
        Stacks.Blind, Stacks.SwitchedOff, Stacks.ServiceDefaults, Stacks.Hedging, GrpcStacks.Blind, GrpcStacks.RoundRobin,
    ];
}
