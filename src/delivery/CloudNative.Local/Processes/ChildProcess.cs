using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CloudNative.Local.Building;

namespace CloudNative.Local.Processes;

/// <summary>
/// A started service process. Its standard input stays open as long as this process lives: by its end it sees that we
/// are gone.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process, Action<string, bool> onLine, TimeProvider time)
    {
        _process = process;
        Id = process.Id;
        Completion = CompleteAsync(onLine, time);
    }

    public int Id { get; }

    /// <summary>Ends with the exit code once the process is gone and all its output was read.</summary>
    public Task<int> Completion { get; }

    /// <param name="program">What to start.</param>
    /// <param name="directory">
    /// Working directory: the project's folder, as <c>dotnet run</c> and IDEs have it, so that wwwroot and appsettings
    /// are found.
    /// </param>
    /// <param name="name">How the process is to be named.</param>
    /// <param name="environment">Variables over those of this process.</param>
    /// <param name="onLine">Gets each line; true for standard error.</param>
    /// <param name="time">Bounds the wait for output after the process's end.</param>
    public static ChildProcess Start(
        ServiceProgram program,
        string directory,
        string name,
        IReadOnlyDictionary<string, string> environment,
        Action<string, bool> onLine,
        TimeProvider time)
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsWindows())
        {
            start.CreateNewProcessGroup = true;
        }

        start.ArgumentList.Add(program.Dll);
        InheritedEnvironment.Clean(start.Environment);
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        if (program.TakesHook && HookAssembly() is { Length: > 0 } hook)
        {
            ChildEnvironment.AddHook(start.Environment, hook, name);
        }

        return new ChildProcess(Process.Start(start)!, onLine, time);
    }

    /// <summary>Asks the process to stop, and kills it after the grace.</summary>
    public async Task StopAsync(TimeSpan grace, TimeProvider time)
    {
        if (!Completion.IsCompleted)
        {
            Signals.RequestStop(Id);
        }

        try
        {
            await Completion.WaitAsync(grace, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill();
            await Completion.ConfigureAwait(false);
        }
    }

    public void Kill()
    {
        if (!Completion.IsCompleted)
        {
            Signals.KillTree(_process);
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> CompleteAsync(Action<string, bool> onLine, TimeProvider time)
    {
        var output = OutputReader.ReadAsync(_process.StandardOutput, line => onLine(line, false));
        var errors = OutputReader.ReadAsync(_process.StandardError, line => onLine(line, true));
        await _process.WaitForExitAsync().ConfigureAwait(false);

        // What it started would hold the pipes open, and the port.
        Signals.SweepGroup(Id);
        await OutputReader.DrainAsync(time, output, errors).ConfigureAwait(false);
        return _process.ExitCode;
    }

    // Empty in a single-file program, whose parts no other process can load; children then lack the hook's services.
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Empty is handled: children then run without the hook.")]
    private static string HookAssembly() => typeof(ChildProcess).Assembly.Location;
}
