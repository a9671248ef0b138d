using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CloudNative.Local.Tests.Support;

/// <summary>The engine as a process of its own, in a process group of its own, as a shell starts it.</summary>
internal sealed partial class Runner : IAsyncDisposable
{
    private readonly Process _process;
    private readonly SynchronizedWriter _output = new();
    private readonly Task _reading;

    private Runner(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    private static string Configuration { get; } =
        typeof(Runner).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public int Id => _process.Id;

    public string Output => _output.ToString();

    /// <summary>The service processes that the engine said are ready.</summary>
    public IReadOnlyList<int> Children =>
        [.. ProcessOfLine().Matches(Output)
            .Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

    public static Runner Start(TestFiles files, params string[] args)
    {
        // 'setsid' makes the process the leader of its group, so that a signal to the group spares the tests.
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = files.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Where the app is not built, it is taken as it was built with these tests.
        foreach (var argument in (string[])
            ["dotnet", TestFiles.RunnerDll, "--data", files.Data, "--configuration", Configuration, .. args])
        {
            start.ArgumentList.Add(argument);
        }

        return new Runner(Process.Start(start)!);
    }

    public Task WaitUntilReadyAsync() =>
        Wait.UntilAsync(
            () => _process.HasExited
                ? throw new InvalidOperationException(Output)
                : Output.Contains("Ctrl-C stops everything.", StringComparison.Ordinal),
            "the app to be ready");

    /// <summary>What Ctrl-C in a terminal does: SIGINT to the foreground process group.</summary>
    public void PressControlC() => Kill("-INT", -Id);

    public void Kill() => _process.Kill();

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(90));
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
        _output.Dispose();
    }

    private static void Kill(string signal, int target)
    {
        using var kill = Process.Start("kill", [signal, "--", target.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            await _output.WriteLineAsync(line);
        }
    }

    [GeneratedRegex(@"ready .*\(process (\d+)\)")]
    private static partial Regex ProcessOfLine();
}
