using CloudNative.Testing.Agent.Client;

namespace CloudNative.Testing.Tests;

public sealed class ChildProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WaitForLine_Answer_ComesBack()
    {
        await using var process = Start();
        await process.WaitForLineAsync(line => line == "ready", Cancelled);
        await process.WriteLineAsync("1 nonsense", Cancelled);
        var answer = await process.WaitForLineAsync(line => line.StartsWith("#1", StringComparison.Ordinal), Cancelled);
        Assert.Contains("Unknown command", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForLine_ProcessEnds_TellsWhatItWrote()
    {
        await using var process = Start();
        await process.WaitForLineAsync(line => line == "ready", Cancelled);
        Assert.Equal(0, await process.CloseAsync(Cancelled));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => process.WaitForLineAsync(_ => false, Cancelled));
        Assert.Contains("ready", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForLine_NeverComes_TimesOut()
    {
        await using var process = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = "dotnet",
            Arguments = ["exec", AgentProgram.Path, _directory.Path],
            Timeout = TimeSpan.FromMilliseconds(1),
        });
        await Assert.ThrowsAsync<TimeoutException>(() => process.WaitForLineAsync(_ => false, Cancelled));
    }

    [Fact]
    public async Task Kill_Running_EndsIt()
    {
        await using var process = Start();
        await process.KillAsync();
        Assert.True(process.HasExited);
        Assert.NotEqual(0, await process.WaitForExitAsync(Cancelled));
    }

    [Fact]
    public async Task Dispose_SuspendedProcess_LeavesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that pause a process");
        var process = Start();
        await process.WaitForLineAsync(line => line == "ready", Cancelled);
        process.Suspend();
        var id = process.Id;
        await process.DisposeAsync();
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(id));
    }

    private ChildProcess Start() =>
        ChildProcess.Start(ChildProcessOptions.ForAssembly(AgentProgram.Path, _directory.Path));
}
