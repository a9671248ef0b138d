namespace CloudNative.Embedded;

/// <summary>
/// Where the embedded stores live and how patient they are. Section <c>CloudNative:Embedded</c>; read once, at
/// first use.
/// </summary>
public sealed class EmbeddedOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Embedded";

    /// <summary>
    /// The directory that all processes of the app share; on a local disk. A relative path counts from the root of
    /// the app, which is the nearest directory at or above the content root that holds <c>cloudnative.yaml</c>, a
    /// solution or <c>.git</c>. Default: a directory of its own for that root below the user's local application
    /// data.
    /// </summary>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// Longest time between two looks at the store when nobody tells of a change. Changes are told at once through a
    /// socket; this is the safety net. A look only reads. Default 500 ms; 100 ms to 5 s.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait for another process that is writing. Default 5 s; 1 s to 1 min.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The event log.</summary>
    public EmbeddedEventsOptions Events { get; set; } = new();
}
