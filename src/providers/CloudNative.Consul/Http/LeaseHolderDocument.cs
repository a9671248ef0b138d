using System.Text.Json.Serialization;

namespace CloudNative.Consul.Http;

/// <summary>Who holds a lease, as its key says it to whoever looks.</summary>
internal sealed class LeaseHolderDocument
{
    [JsonPropertyName("service")]
    public string? Service { get; set; }

    [JsonPropertyName("instance")]
    public string? Instance { get; set; }
}
