using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>The scenarios by the names under which they are asked for.</summary>
internal static class Catalogue
{
    public static IReadOnlyDictionary<string, Func<Scale, Task<IReadOnlyList<Row>>>> All { get; } =
        new Dictionary<string, Func<Scale, Task<IReadOnlyList<Row>>>>(StringComparer.OrdinalIgnoreCase)
        {
            ["dead-1-of-n"] = async scale =>
            [
                .. await OneOfThreeDead.RunAsync(scale),
                await OneOfThreeDead.RunLongAsync(scale, Stacks.Here),
                await OneOfThreeDead.RunLongAsync(scale, Stacks.WithoutEjection),
                await OneOfThreeDead.RunLongAsync(scale, Stacks.Blind),
            ],
            ["black-hole-1-of-n"] = OneOfThreeSilent.RunAsync,
            ["time-to-notice"] = TimeToNotice.RunAsync,
            ["slow-1-of-n"] = OneOfTenSlow.RunAsync,
            ["erroring-1-of-n"] = OneOfThreeErring.RunAsync,
            ["overload"] = Overload.RunAsync,
            ["registry-outage"] = RegistryOutage.RunAsync,
            ["shared-breaker"] = _ => SharedBreaker.RunAsync(),
            ["retry-amplification"] = _ => FailingServer.RunAsync(),
            ["rolling-restart"] = scale => RollingRestart.RunAsync(scale == Scale.Full ? 100 : 2),
            ["rotation-leak"] = scale => HandlerRotation.RunAsync(scale == Scale.Full ? 10 : 3),
            ["deadline-chain"] = scale => DeadlineChain.RunAsync(scale == Scale.Full ? 1000 : 300),
            ["cpu-and-bytes"] = async scale =>
                [.. await CpuAndBytes.RunAsync(scale, streamed: false), .. await CpuAndBytes.RunAsync(scale, streamed: true)],
            ["events-in-memory"] = EventsInMemory.RunAsync,
            ["first-event"] = FirstMessage.RunAsync,
        };
}
