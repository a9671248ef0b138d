namespace CloudNative.Sdk.Management;

/// <summary>What the data of a dead letter are changed to: one of the two.</summary>
internal sealed record DeadLetterData
{
    public string? Text { get; init; }

    public string? Base64 { get; init; }
}
