using System.Runtime.InteropServices;

namespace CloudNative.Local.Processes;

/// <summary>The few calls that .NET has no name for. Each caller checks the operating system first.</summary>
internal static partial class NativeMethods
{
    /// <summary>kill(2).</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Kill(int process, int signal);

    /// <summary>setsid(2).</summary>
    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SetSid();

    /// <summary>getpgid(2).</summary>
    [LibraryImport("libc", EntryPoint = "getpgid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int GetProcessGroup(int process);

    /// <summary>prctl(2), Linux only.</summary>
    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Prctl(int option, string argument);

    /// <summary>GenerateConsoleCtrlEvent of kernel32, Windows only.</summary>
    [LibraryImport("kernel32", EntryPoint = "GenerateConsoleCtrlEvent", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GenerateConsoleControlEvent(uint controlEvent, uint processGroup);
}
