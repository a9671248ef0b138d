namespace CloudNative.Testing.Agent.Client;

/// <summary>Where the agent's program lies.</summary>
public static class AgentProgram
{
    /// <summary>
    /// Beside the folder of the running test, with all that it needs by itself: the copy in the test's folder lacks what the frameworks of
    /// the test bring.
    /// </summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "CloudNative.Testing.Agent",
        new DirectoryInfo(AppContext.BaseDirectory).Name,
        "CloudNative.Testing.Agent.dll"));
}
