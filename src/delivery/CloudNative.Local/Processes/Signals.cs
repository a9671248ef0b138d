using System.Diagnostics;

namespace CloudNative.Local.Processes;

/// <summary>Asks and forces processes to end.</summary>
internal static class Signals
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const uint ControlBreak = 1;

    /// <summary>
    /// Asks a process to stop: SIGTERM, on Windows CTRL_BREAK to its process group. The .NET host answers both by a
    /// graceful stop.
    /// </summary>
    public static void RequestStop(int processId)
    {
        if (OperatingSystem.IsWindows())
        {
            NativeMethods.GenerateConsoleControlEvent(ControlBreak, (uint)processId);
        }
        else
        {
            _ = NativeMethods.Kill(processId, Terminate);
        }
    }

    /// <summary>Kills a process with all it started.</summary>
    public static void KillTree(Process process)
    {
        if (OwnsGroup(process.Id))
        {
            _ = NativeMethods.Kill(-process.Id, Kill);
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    /// <summary>Kills what an ended process left behind in the session that was its own.</summary>
    public static void SweepGroup(int processId)
    {
        if (!OperatingSystem.IsWindows())
        {
            // The number of a group is not given to a new process while the group has members; without members this
            // does nothing.
            _ = NativeMethods.Kill(-processId, Kill);
        }
    }

    private static bool OwnsGroup(int processId) =>
        !OperatingSystem.IsWindows() && NativeMethods.GetProcessGroup(processId) == processId;
}
