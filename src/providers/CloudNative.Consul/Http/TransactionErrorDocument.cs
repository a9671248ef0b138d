namespace CloudNative.Consul.Http;

/// <summary>Why a part of a transaction could not happen.</summary>
internal sealed class TransactionErrorDocument
{
    public int OpIndex { get; set; }

    public string? What { get; set; }
}
