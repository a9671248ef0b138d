using System.Diagnostics;
using System.Text;

namespace CloudNative.Consumers;

/// <summary>Runs the .NET command line as a developer would, from a folder outside the repository.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What <c>dotnet test</c> and its build engine leave to their children would bend a build inside a test.</summary>
    private static readonly string[] Inherited =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly", "MSBUILD_EXE_PATH", "MSBuildToolsPath"];

    public static string Program { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a command and returns what it printed; fails the test when it fails.</summary>
    public static async Task<string> RunAsync(string folder, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in Inherited)
        {
            start.Environment.Remove(name);
        }

        // Servers that outlive the command would keep its output open, and this process waiting.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (Environment.GetEnvironmentVariable("SharedCompilationId") is null)
        {
            start.Environment["UseSharedCompilation"] = "false"; // Else the one compiler of the whole run, which ends it.
        }

        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        void Add(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }

        process.OutputDataReceived += Add;
        process.ErrorDataReceived += Add;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} took longer than {Patience}:\n{output}");
        }

        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
        return output.ToString();
    }
}
