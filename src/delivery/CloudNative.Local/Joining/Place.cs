namespace CloudNative.Local.Joining;

/// <summary>
/// A span of a file's bytes that new text replaces, and whether the object that begins there has no properties.
/// </summary>
internal readonly record struct Place(PlaceKind Kind, int Start, int End, bool IsEmpty);
