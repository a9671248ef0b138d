using System.Diagnostics;

namespace CloudNative.Testing.Agent.Outbox;

/// <summary>The end of this process, on the spot, by SIGKILL.</summary>
internal static class Death
{
    public static void ComesIf(bool itIsTime)
    {
        if (!itIsTime)
        {
            return;
        }

        using var process = Process.GetCurrentProcess();
        process.Kill();
        Thread.Sleep(Timeout.Infinite); // Nothing comes after it, however late the signal arrives.
    }
}
