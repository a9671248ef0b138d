namespace CloudNative.Testing.Kubernetes.Storage;

/// <summary>A kind and where its paths are.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version.</param>
/// <param name="Plural">The name in paths.</param>
/// <param name="Kind">The kind.</param>
/// <param name="IsNamespaced">Whether each object is in a namespace.</param>
/// <param name="IsStrict">
/// Whether it wants a resource version with each replacement, and makes what is replaced and missing, as Leases do.
/// </param>
internal sealed record StoredKind(
    string Group, string Version, string Plural, string Kind, bool IsNamespaced, bool IsStrict = false)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>leases.coordination.k8s.io</c>, as errors name it.</summary>
    public string FullName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
