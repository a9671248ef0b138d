namespace CloudNative.Kubernetes.Http;

internal sealed record ListMetadataDocument(string? ResourceVersion, string? Continue);
