namespace CloudNative.Consul.Http;

/// <summary>The machine whose agent registered an instance.</summary>
internal sealed class NodeDocument
{
    public string? Node { get; set; }

    public string? Address { get; set; }
}
