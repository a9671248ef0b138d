namespace CloudNative.Kubernetes;

/// <summary>What tells objects of one kind apart.</summary>
/// <param name="Namespace">The namespace; empty for kinds of the whole cluster.</param>
/// <param name="Name">The name.</param>
public readonly record struct KubernetesName(string Namespace, string Name)
{
    /// <summary><c>namespace/name</c>, as kubectl writes it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Namespace is { Length: > 0 } ? $"{Namespace}/{Name}" : Name;
}
