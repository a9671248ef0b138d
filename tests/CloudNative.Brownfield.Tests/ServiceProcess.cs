using System.Diagnostics;
using System.Text.RegularExpressions;
using CloudNative.Testing;

namespace CloudNative.Brownfield.Tests;

/// <summary>A service as a process of its own, on a port that the system chose.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TemporaryDirectory _data;

    private ServiceProcess(ChildProcess process, TemporaryDirectory data)
    {
        _process = process;
        _data = data;
    }

    public HttpClient Client { get; } = new();

    public ChildProcess Process => _process;

    /// <summary>Starts a service that says where it listens, and waits until it does.</summary>
    public static async Task<ServiceProcess> StartWebAsync(string name, bool withCloudNative, params string[] arguments)
    {
        var service = Start(name, withCloudNative, [.. arguments, "--urls=http://127.0.0.1:0"]);
        var line = await service._process.WaitForLineAsync(line => Listening().IsMatch(line));
        service.Client.BaseAddress = new Uri(Listening().Match(line).Groups[1].Value);
        return service;
    }

    public static ServiceProcess Start(string name, bool withCloudNative, params string[] arguments)
    {
        // Beside the test's own: every project has a folder of its own below artifacts/bin.
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\'));
        var folder = Path.Combine(AppContext.BaseDirectory, "..", "..", name, configuration);
        var data = new TemporaryDirectory();
        var options = ChildProcessOptions.ForAssembly(
            Path.Combine(folder, $"{name}.dll"),
            [
                .. arguments,
                $"--WithCloudNative={(withCloudNative ? "true" : "false")}",
                "--environment=Development",
                $"--CloudNative:Embedded:DataDirectory={data.Path}",
            ]);
        return new ServiceProcess(ChildProcess.Start(options), data);
    }

    /// <summary>Asks the process to end, as an orchestrator does, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = System.Diagnostics.Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{_process.Id}"]))!;
        await kill.WaitForExitAsync();
        return await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        _data.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
