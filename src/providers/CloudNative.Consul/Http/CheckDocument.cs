namespace CloudNative.Consul.Http;

/// <summary>A check of an instance or of its node.</summary>
internal sealed class CheckDocument
{
    public string? CheckID { get; set; }

    public string? Status { get; set; }

    public string? Output { get; set; }
}
