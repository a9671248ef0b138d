namespace CloudNative.Consul.Http;

/// <summary>What one part of a transaction does with a key.</summary>
internal sealed class KeyOperationDocument
{
    public required string Verb { get; set; }

    public required string Key { get; set; }

    public byte[]? Value { get; set; }

    public string? Session { get; set; }
}
