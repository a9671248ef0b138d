namespace CloudNative.Consul.Http;

/// <summary>
/// What came of a transaction: a result for each of its parts, or what kept all of it from happening.
/// </summary>
internal sealed class TransactionDocument
{
    public List<TransactionResultDocument>? Results { get; set; }

    public List<TransactionErrorDocument>? Errors { get; set; }
}
