using System.Text.Json.Serialization;

namespace CloudNative.Consul.Http;

/// <summary>A check of an instance: one that the service answers itself, or one by which the agent asks it.</summary>
internal sealed record RegistrationCheckDocument
{
    public required string CheckID { get; set; }

    public required string Name { get; set; }

    public required string Status { get; set; }

    [JsonPropertyName("TTL")]
    public string? Ttl { get; set; }

    public string? DeregisterCriticalServiceAfter { get; set; }

    [JsonPropertyName("HTTP")]
    public string? Http { get; set; }

    [JsonPropertyName("GRPC")]
    public string? Grpc { get; set; }

    [JsonPropertyName("GRPCUseTLS")]
    public bool? GrpcUsesTls { get; set; }

    public string? Interval { get; set; }

    public string? Timeout { get; set; }
}
