namespace CloudNative.Consul.Http;

/// <summary>
/// One instance with its node and checks, of <c>/v1/health/service/…</c>. Anything may be missing or null.
/// </summary>
internal sealed class HealthDocument
{
    public NodeDocument? Node { get; set; }

    public ServiceDocument? Service { get; set; }

    public List<CheckDocument>? Checks { get; set; }
}
