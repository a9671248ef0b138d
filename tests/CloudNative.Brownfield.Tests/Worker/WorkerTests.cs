namespace CloudNative.Brownfield.Tests.Worker;

/// <summary>What the team of the worker tests: what was begun is finished, and the process ends by itself.</summary>
public abstract class WorkerTests(bool withCloudNative)
{
    [Fact]
    public async Task Stop_InTheMiddleOfAParcel_FinishesIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "SIGTERM is sent by kill.");
        await using var worker = ServiceProcess.Start("Brownfield.Worker", withCloudNative);
        await worker.Process.WaitForLineAsync(line => line.Contains("begin 2", StringComparison.Ordinal), Test.Stop);

        Assert.Equal(0, await worker.StopAsync());

        var output = worker.Process.Output;
        var begun = output.Split("begin ").Length - 1;
        Assert.Equal(begun, output.Split("end ").Length - 1);
        Assert.Contains("stopped", output, StringComparison.Ordinal);
    }
}
