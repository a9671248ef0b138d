namespace CloudNative.Kubernetes.Http;

internal sealed record StatusDetailsDocument(int? RetryAfterSeconds);
