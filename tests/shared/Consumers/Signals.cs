using System.Diagnostics;

namespace CloudNative.Consumers;

/// <summary>Asks processes to stop, where the system has signals for that.</summary>
internal static class Signals
{
    public static async Task TerminateAsync(int processId)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that asks a console process of another group to stop.");
        // The shell's own kill: a plain Debian has no program of that name.
        using var shell = Process.Start("/bin/sh", ["-c", $"kill -TERM {processId}"]);
        await shell.WaitForExitAsync();
    }
}
