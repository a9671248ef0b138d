namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>Why DNS did not say what was asked.</summary>
/// <param name="Reason">The cause and the cure.</param>
/// <param name="IsServerDown">Whether nobody answered; else others may be told what they ask.</param>
internal sealed record DnsFailure(string Reason, bool IsServerDown);
