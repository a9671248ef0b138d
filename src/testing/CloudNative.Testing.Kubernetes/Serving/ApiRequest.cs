namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>A request, whichever way it came.</summary>
internal sealed record ApiRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    string? ContentType,
    string Body,
    string? Token)
{
    /// <summary>Path and query as they were sent.</summary>
    public required string Target { get; init; }

    public string? Ask(string name) => Query.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public bool IsSet(string name) => Ask(name) is "1" or "true";
}
