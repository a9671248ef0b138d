namespace CloudNative.Testing.Kubernetes.Storage;

/// <summary>Lists are ordered by namespace and name, byte by byte, as the keys of the real store are.</summary>
internal readonly record struct ObjectKey(string Namespace, string Name) : IComparable<ObjectKey>
{
    public int CompareTo(ObjectKey other) =>
        string.CompareOrdinal(Namespace, other.Namespace) is var place and not 0
            ? place
            : string.CompareOrdinal(Name, other.Name);
}
