namespace CloudNative.Kubernetes.Sources;

/// <summary>What was read.</summary>
/// <param name="Data">Values by key.</param>
/// <param name="Left">Names of what holds no text.</param>
internal sealed record Settings(Dictionary<string, string?> Data, IReadOnlyList<string> Left);
