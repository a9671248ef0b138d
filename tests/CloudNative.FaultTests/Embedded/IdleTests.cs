using System.Globalization;
using CloudNative.FaultTests.Support;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.FaultTests.Embedded;

public sealed class IdleTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_ThreeProcesses_WriteNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc/<pid>/io");
        await using var app = new App();
        var processes = await app.StartAsync(3);
        foreach (var (number, process) in processes.Index())
        {
            await process.Registry.RegisterAsync(App.Instance("catalog", $"p{number}"), Cancelled);
        }

        await Task.WhenAll(processes.Select(process => app.Follow(process, "catalog").WaitForIdsAsync("p0", "p1", "p2")));
        // Quiet is a length of time; there is no event to wait for. The first part lets what was under way finish.
        await Task.Delay(Quiet, Cancelled);
        var before = Look(app.DataDirectory, processes);
        await Task.Delay(Quiet, Cancelled);
        Assert.Equal(before, Look(app.DataDirectory, processes));
    }

    private static List<string> Look(string directory, IEnumerable<AgentProcess> processes) =>
    [
        .. new DirectoryInfo(directory).GetFiles("control.db*").OrderBy(file => file.Name)
            .Where(file => !file.Name.EndsWith("-shm", StringComparison.Ordinal)) // Shared memory: readers mark their place in it.
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc:O}")),
        .. processes.Select(process => File.ReadLines($"/proc/{process.Process.Id}/io")
            .First(line => line.StartsWith("write_bytes", StringComparison.Ordinal))),
    ];
}
