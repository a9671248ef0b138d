namespace CloudNative.Sdk.Management;

/// <summary>Which dead letters to replay; what is not set does not matter.</summary>
internal sealed record DeadLetterFilter
{
    public const int MostPerSecond = 10_000;

    public string? Topic { get; init; }

    public string? Group { get; init; }

    public string? Key { get; init; }

    /// <summary>How many go back a second, 1 to 10,000.</summary>
    public int PerSecond { get; init; } = 50;
}
