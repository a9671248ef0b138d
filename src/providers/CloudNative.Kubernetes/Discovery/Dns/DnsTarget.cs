namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>
/// One SRV record (https://www.rfc-editor.org/rfc/rfc2782) with one address of its target; without where the target is
/// the name of a Service that has an address of its own.
/// </summary>
internal sealed record DnsTarget(string Port, int Number, int Priority, int Weight, string Host, string? Address);
