namespace CloudNative.Testing.Kubernetes.Storage;

/// <summary>A change.</summary>
/// <param name="Version">The version that it made.</param>
/// <param name="Plural">The kind.</param>
/// <param name="Before">The object before; null when it was made.</param>
/// <param name="After">The object after; of a deletion as it was, with the version of the deletion.</param>
/// <param name="IsDeletion">Whether it is gone.</param>
internal sealed record StoredEvent(
    long Version, string Plural, StoredObject? Before, StoredObject After, bool IsDeletion);
