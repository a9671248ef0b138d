using System.Net;
using System.Net.Sockets;

namespace CloudNative.Brownfield.Tests.Worker;

public sealed class WorkerWithCloudNativeTests() : WorkerTests(withCloudNative: true)
{
    [Fact]
    public async Task Start_NoProbePort_OpensNone()
    {
        await using var worker = ServiceProcess.Start("Brownfield.Worker", withCloudNative: true);
        await worker.Process.WaitForLineAsync(line => line.Contains("begin 1", StringComparison.Ordinal), Test.Stop);

        Assert.DoesNotContain("listening", worker.Process.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Start_ProbePortAskedFor_AnswersProbes()
    {
        var port = FreePort();
        await using var worker = ServiceProcess.Start("Brownfield.Worker", withCloudNative: true, $"--CloudNative:Health:Port={port}");
        await worker.Process.WaitForLineAsync(line => line.Contains("begin 2", StringComparison.Ordinal), Test.Stop);
        using var client = new HttpClient();

        Assert.Equal("Healthy", await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/health/live"), Test.Stop));
    }

    /// <summary>The listener takes no port 0; between this and its start somebody else may take the port, which is rare.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
