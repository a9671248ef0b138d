namespace CloudNative.Consul.Http;

/// <summary>The service's word on its check, for <c>/v1/agent/check/update/…</c>.</summary>
internal sealed class CheckUpdateDocument
{
    public required string Status { get; set; }

    public required string Output { get; set; }
}
