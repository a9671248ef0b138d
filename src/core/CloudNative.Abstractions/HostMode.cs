namespace CloudNative;

/// <summary>How this host runs. Features ask it before they touch disk, network or neighbours.</summary>
public enum HostMode
{
    /// <summary>A service that runs.</summary>
    Service,

    /// <summary>
    /// In-process test host (for example WebApplicationFactory): nothing registers, stores in memory, no waits.
    /// </summary>
    Test,

    /// <summary>
    /// Started by a tool to be inspected (build-time OpenAPI, <c>dotnet ef</c>): no disk, no network, no start errors.
    /// </summary>
    DesignTime,
}
