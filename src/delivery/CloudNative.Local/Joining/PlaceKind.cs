namespace CloudNative.Local.Joining;

/// <summary>What stands at a <see cref="Place"/> of a launchSettings.json.</summary>
internal enum PlaceKind
{
    Root,
    Profiles,
    Profile,
}
