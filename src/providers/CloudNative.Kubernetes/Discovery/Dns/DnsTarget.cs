namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>
/// One SRV record (https://www.rfc-editor.org/rfc/rfc2782) with the addresses of its target; none where the target is
/// the name of a Service with an address of its own.
/// </summary>
internal sealed record DnsTarget(string Port, int Number, int Priority, int Weight, string Host, string? Address);
