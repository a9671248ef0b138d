namespace CloudNative.Local.Supervision;

/// <summary>Says how a process ended.</summary>
internal static class ExitText
{
    public static string Describe(int exitCode) => exitCode switch
    {
        0 => "ended by itself (exit code 0)",
        137 when !OperatingSystem.IsWindows() => "was killed (SIGKILL)",
        134 when !OperatingSystem.IsWindows() => "crashed (SIGABRT, an unhandled exception)",
        139 when !OperatingSystem.IsWindows() => "crashed (SIGSEGV)",
        143 when !OperatingSystem.IsWindows() => "was terminated (SIGTERM)",
        _ => $"died with exit code {exitCode}",
    };
}
