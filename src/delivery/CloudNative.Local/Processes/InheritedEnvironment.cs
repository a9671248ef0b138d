namespace CloudNative.Local.Processes;

/// <summary>
/// Takes out of a child's environment what was meant for this process alone: variables by which <c>dotnet run</c> and
/// an IDE steer what they start, and which would steer the child too.
/// </summary>
internal static class InheritedEnvironment
{
    private static readonly string[] Own =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "URLS", "HTTP_PORTS", "HTTPS_PORTS",
        "DOTNET_LAUNCH_PROFILE", "DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "OTEL_SERVICE_NAME",
        "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "ASPNETCORE_APPL_PATH", "ASPNETCORE_CONTENTROOT", "DOTNET_CONTENTROOT",
    ];

    public static void Clean(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsOwn).ToList())
        {
            environment.Remove(name);
        }
    }

    // MSBuild tells the processes below it where its own parts lie, which is wrong for another version of it. The
    // engine's own options mean nothing to a service, which would warn of them.
    private static bool IsOwn(string name) =>
        Own.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("CloudNative__Local__", StringComparison.OrdinalIgnoreCase);
}
