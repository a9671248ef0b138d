using System.Text.Json.Serialization;

namespace CloudNative.Consul.Http;

/// <summary>What one part of a transaction gave.</summary>
internal sealed class TransactionResultDocument
{
    [JsonPropertyName("KV")]
    public KeyDocument? Key { get; set; }
}
