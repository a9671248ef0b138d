namespace CloudNative.Discovery.Balancing;

/// <summary>The options of a client, frozen and comparable.</summary>
internal sealed record BalancingSettings
{
    private const char PairEnd = '\0';
    private const char NameEnd = '\u0001';

    public required string Policy { get; init; }

    public required string? KeyHeader { get; init; }

    /// <summary>How far the healthy part of the own zone reaches; 0 when zones do not matter.</summary>
    public required double ZoneOverprovisioning { get; init; }

    public required int SubsetSize { get; init; }

    public required TimeSpan SlowStart { get; init; }

    public required double? CanaryPercent { get; init; }

    public required (string Key, string Value) Canary { get; init; }

    /// <summary>The pairs in one text, because lists do not compare by what is in them.</summary>
    private string Required { get; init; } = "";

    public IEnumerable<(string Key, string Value)> RequiredMetadata =>
        Required.Split(PairEnd, StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split(NameEnd))
            .Select(pair => (pair[0], pair[1]));

    public static BalancingSettings Of(LoadBalancingOptions options, string policy) => new()
    {
        Policy = policy,
        KeyHeader = string.IsNullOrWhiteSpace(options.KeyHeader) ? null : options.KeyHeader,
        ZoneOverprovisioning = options.PreferZone ? options.ZoneOverprovisioning : 0,
        SubsetSize = options.SubsetSize,
        SlowStart = options.SlowStart,
        CanaryPercent = options.CanaryPercent,
        Canary = options.CanaryPercent is null ? default : (options.CanaryKey, options.CanaryValue),
        Required = string.Concat(options.RequiredMetadata
            .DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .Select(pair => $"{pair.Key}{NameEnd}{pair.Value}{PairEnd}")),
    };
}
