namespace CloudNative.Consul.Http;

/// <summary>Weights by state. Consul's default is 1 for both; 0 is not taken for passing.</summary>
internal sealed class WeightsDocument
{
    public int Passing { get; set; } = 1;

    public int Warning { get; set; } = 1;
}
