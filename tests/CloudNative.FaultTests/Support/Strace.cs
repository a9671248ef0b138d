using System.Diagnostics;
using System.Globalization;

namespace CloudNative.FaultTests.Support;

/// <summary>Watches the system calls of a running process. Skips the test where that is not possible.</summary>
internal sealed class Strace : IDisposable
{
    private readonly Process _process;

    private Strace(Process process, string path)
    {
        _process = process;
        Output = path;
    }

    private string Output { get; }

    public static async Task<Strace> AttachAsync(int processId, string calls)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux's strace");
        var path = Path.Combine(Directory.CreateTempSubdirectory("strace-").FullName, "calls");
        try
        {
            var target = processId.ToString(CultureInfo.InvariantCulture);
            var process = Process.Start(new ProcessStartInfo(
                "strace", ["-f", "-y", "-s", "64", "-e", $"trace={calls}", "-o", path, "-p", target])
            {
                RedirectStandardError = true,
            })!;
            var attached = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(attached?.Contains("attached", StringComparison.Ordinal) == true, $"strace may not attach here: {attached}");
            return new Strace(process, path);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Assert.Skip($"strace is not installed here: {exception.Message}");
            throw;
        }
    }

    /// <summary>Detaches and returns the calls in the order in which they were made.</summary>
    public async Task<string[]> EndAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await File.ReadAllLinesAsync(Output, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        Directory.Delete(Path.GetDirectoryName(Output)!, recursive: true);
    }
}
