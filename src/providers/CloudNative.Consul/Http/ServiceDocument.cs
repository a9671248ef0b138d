namespace CloudNative.Consul.Http;

/// <summary>An instance as the catalogue has it.</summary>
internal sealed class ServiceDocument
{
    public string? ID { get; set; }

    public string? Service { get; set; }

    public string? Address { get; set; }

    public int Port { get; set; }

    public List<string>? Tags { get; set; }

    public Dictionary<string, string?>? Meta { get; set; }

    public WeightsDocument? Weights { get; set; }
}
