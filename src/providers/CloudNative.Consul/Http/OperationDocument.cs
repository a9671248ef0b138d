using System.Text.Json.Serialization;

namespace CloudNative.Consul.Http;

/// <summary>One part of a transaction (<c>/v1/txn</c>).</summary>
internal sealed class OperationDocument
{
    [JsonPropertyName("KV")]
    public required KeyOperationDocument Key { get; set; }
}
