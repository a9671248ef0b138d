using System.Diagnostics;
using CloudNative.Local.Processes;

namespace CloudNative.Local.Hook;

/// <summary>
/// Runs inside each child before its Main: gives it a session of its own, so that the terminal's Ctrl-C reaches only
/// the engine; names it as its service; and ends it when the engine is gone. Uses only the base class library and
/// starts one thread.
/// </summary>
internal static class ChildHook
{
    /// <summary>Present in a child of the engine; its value is the name to show.</summary>
    public const string NameVariable = "CLOUDNATIVE_LOCAL_PROCESS_NAME";

    /// <summary>The hooks that were set before ours.</summary>
    public const string OtherHooksVariable = "CLOUDNATIVE_LOCAL_OTHER_HOOKS";

    public const string HooksVariable = "DOTNET_STARTUP_HOOKS";

    private const int SetName = 15; // PR_SET_NAME of linux/prctl.h

    // How long a child may take to stop by itself once the engine is gone.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public static void Run()
    {
        var name = Environment.GetEnvironmentVariable(NameVariable);
        if (name is null)
        {
            return;
        }

        RestoreEnvironment();
        if (!OperatingSystem.IsWindows())
        {
            _ = NativeMethods.SetSid();
        }

        if (OperatingSystem.IsLinux())
        {
            _ = NativeMethods.Prctl(SetName, name);
        }

        // A thread, not a task: reading blocks for the whole life of the process.
        new Thread(StopWhenInputCloses) { IsBackground = true, Name = "cloudnative-parent" }.Start();
    }

    // What the child starts is not the engine's child.
    private static void RestoreEnvironment()
    {
        Environment.SetEnvironmentVariable(HooksVariable, Environment.GetEnvironmentVariable(OtherHooksVariable));
        Environment.SetEnvironmentVariable(OtherHooksVariable, null);
        Environment.SetEnvironmentVariable(NameVariable, null);
    }

    private static void StopWhenInputCloses()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            Span<byte> buffer = stackalloc byte[64];
            while (input.Read(buffer) > 0)
            {
                // The engine writes nothing; whatever else comes is not for us.
            }
        }
        catch (IOException)
        {
            // Broken is as gone as closed.
        }

        Signals.RequestStop(Environment.ProcessId);
        using var never = new ManualResetEventSlim();
        never.Wait(Grace);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
