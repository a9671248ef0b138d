namespace CloudNative;

/// <summary>
/// Recognises a way of running that only another package can see, such as a test server. Register with
/// <c>TryAddEnumerable</c>; asked once, when the mode is first needed, unless <c>CloudNative:Hosting:Mode</c> says it.
/// </summary>
public interface IHostModeDetector
{
    /// <summary>Looks at the host.</summary>
    /// <returns>The mode, or <see langword="null"/> when this detector has no opinion.</returns>
    HostMode? Detect();
}
