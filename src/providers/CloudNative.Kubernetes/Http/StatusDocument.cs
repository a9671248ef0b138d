namespace CloudNative.Kubernetes.Http;

/// <summary>How the server says that something failed.</summary>
internal sealed record StatusDocument(
    string? Kind, string? Message, string? Reason, int? Code, StatusDetailsDocument? Details);
