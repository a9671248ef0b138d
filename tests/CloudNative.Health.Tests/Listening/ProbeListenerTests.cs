using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudNative.Health.Listening;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Tests.Listening;

public sealed class ProbeListenerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/health/ready", HttpStatusCode.ServiceUnavailable, "Unhealthy")]
    [InlineData("GET", "/Health/Live?from=kubelet", HttpStatusCode.OK, "Healthy")]
    [InlineData("GET", "/health/startup", HttpStatusCode.OK, "Degraded")]
    [InlineData("HEAD", "/health/live", HttpStatusCode.OK, "")]
    [InlineData("GET", "/", HttpStatusCode.NotFound, "Not Found")]
    [InlineData("POST", "/health/live", HttpStatusCode.MethodNotAllowed, "Method Not Allowed")]
    public async Task Request_AnyPath_IsAnsweredInOneWord(string method, string path, HttpStatusCode status, string body)
    {
        await using var listener = Open();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{listener.LocalEndpoint.Port}") };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(Cancel));
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Request_WhileOthersDawdle_IsAnswered()
    {
        await using var listener = Open();
        using var dawdler = new TcpClient();
        await dawdler.ConnectAsync(IPAddress.Loopback, listener.LocalEndpoint.Port, Cancel);
        await dawdler.GetStream().WriteAsync("GET /heal"u8.ToArray(), Cancel);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{listener.LocalEndpoint.Port}") };

        Assert.Equal("Healthy", await client.GetStringAsync("/health/live", Cancel));
    }

    [Fact]
    public async Task Request_HeadWithoutEnd_IsDropped()
    {
        await using var listener = Open();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.LocalEndpoint.Port, Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(new string('x', 8192)), Cancel);

        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[16], Cancel));
    }

    [Fact]
    public async Task DisposeAsync_ConnectionIsOpen_EndsIt()
    {
        var listener = Open();
        var port = listener.LocalEndpoint.Port;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancel);

        await listener.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        using var late = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(
            () => late.ConnectAsync(IPAddress.Loopback, port, Cancel).AsTask());
    }

    [Fact]
    public async Task Open_PortIsTaken_NamesTheKey()
    {
        await using var listener = Open();

        var refused = Assert.Throws<InvalidOperationException>(() => Open(listener.LocalEndpoint.Port));

        Assert.StartsWith("CN5004", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CloudNative:Health:Port", refused.Message, StringComparison.Ordinal);
    }

    private static ProbeListener Open(int port = 0) =>
        ProbeListener.Open(port, new FixedProbes(), new HealthPaths(), TimeProvider.System);

    private sealed class FixedProbes : IHealthProbes
    {
        public ValueTask<HealthStatus> ProbeAsync(HealthProbe probe, CancellationToken cancellationToken) => new(probe switch
        {
            HealthProbe.Live => HealthStatus.Healthy,
            HealthProbe.Startup => HealthStatus.Degraded,
            _ => HealthStatus.Unhealthy,
        });
    }
}
