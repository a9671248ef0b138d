namespace CloudNative.Local.Output;

/// <summary>How much a line of a service matters; anything from <see cref="Warning"/> on is shown.</summary>
internal enum OutputLevel
{
    Information,
    Warning,
    Error,
}
