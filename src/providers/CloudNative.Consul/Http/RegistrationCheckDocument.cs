using System.Text.Json.Serialization;

namespace CloudNative.Consul.Http;

/// <summary>The check that the service itself answers.</summary>
internal sealed class RegistrationCheckDocument
{
    public required string CheckID { get; set; }

    public required string Name { get; set; }

    [JsonPropertyName("TTL")]
    public required string Ttl { get; set; }

    public required string Status { get; set; }

    public required string DeregisterCriticalServiceAfter { get; set; }
}
