namespace CloudNative.Kubernetes.Informing;

/// <summary>What two that share a watch have in common.</summary>
internal sealed record InformerKey(Type Type, string ApiVersion, string Plural, KubernetesSelection Selection);
