using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CloudNative.Testing.Processes;

/// <summary>Pauses processes. .NET has no call for it, and Windows no such thing.</summary>
internal static partial class UnixSignals
{
    public static void Suspend(Process process) => Send(process, OperatingSystem.IsLinux() ? 19 : 17);

    public static void Resume(Process process) => Send(process, OperatingSystem.IsLinux() ? 18 : 19);

    private static void Send(Process process, int signal)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows has no signals that pause a process.");
        }

        if (Kill(process.Id, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
