namespace CloudNative.Sdk.Management;

/// <summary>Which dead letters to replay or discard.</summary>
internal sealed record DeadLetterIds
{
    public const int Most = 1000;

    /// <summary>1 to 1,000 ids; unknown ones are passed over.</summary>
    public IReadOnlyList<long>? Ids { get; init; }
}
