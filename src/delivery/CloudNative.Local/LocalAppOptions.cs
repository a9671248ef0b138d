namespace CloudNative.Local;

/// <summary>How an app is run on this machine. Read once at start.</summary>
public sealed class LocalAppOptions
{
    /// <summary>The configuration section that the options are bound from.</summary>
    public const string SectionName = "CloudNative:Local";

    /// <summary>
    /// Path of the app's file. Default <see langword="null"/>: <c>cloudnative.yaml</c> in the current directory, else
    /// in the directory of the project that was started, or in the nearest one above it.
    /// </summary>
    public string? AppFile { get; set; }

    /// <summary>
    /// Whether the projects are built first. Default true; otherwise what was built before is started.
    /// </summary>
    public bool Build { get; set; } = true;

    /// <summary>The build configuration. Default <c>Debug</c>.</summary>
    public string Configuration { get; set; } = "Debug";

    /// <summary>
    /// Services that are left out; each gets a launch profile by which it joins from an IDE. Default none.
    /// </summary>
    public IList<string> Without { get; set; } = [];

    /// <summary>
    /// Providers that serve every feature that they can in each service, as <c>CloudNative:Providers</c> says it. The
    /// services must have their packages, and the infrastructure must run. Default none: each service chooses.
    /// </summary>
    public IList<string> Providers { get; set; } = [];

    /// <summary>
    /// Services of which every line is shown, or <c>all</c>. Default none: warnings, errors and changes of state
    /// only.
    /// </summary>
    public IList<string> Logs { get; set; } = [];

    /// <summary>How long a service may take to get ready at first, from its start. Default 60 s; 1 s to 1 h.</summary>
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a process may take to stop when asked, before it is killed. Default 8 s; 0 to 5 min.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Where runs keep their data and logs. Default <see langword="null"/>: a folder for each app in the user's local
    /// application data.
    /// </summary>
    public string? DataRoot { get; set; }
}
