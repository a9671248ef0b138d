using System.Net;
using System.Net.Sockets;
using CloudNative.Testing;
using CloudNative.TestSupport.Ports;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>
/// A real server of DNS (dnsmasq) on loopback that knows what a test says. Tests skip where there is none: <c>build/setup.sh</c>
/// installs it.
/// </summary>
public sealed class NameServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/dnsmasq";

    private readonly TemporaryDirectory _directory = new();
    private ChildProcess? _process;

    public IPEndPoint Address { get; } = new(IPAddress.Loopback, FreePort.Find());

    /// <summary>Starts it, or starts it anew, with these lines of configuration.</summary>
    public async Task StartAsync(params string[] lines)
    {
        Assert.SkipUnless(File.Exists(Program), "No dnsmasq here: run build/setup.sh.");
        await StopAsync();
        var file = Path.Combine(_directory.Path, "dnsmasq.conf");
        await File.WriteAllLinesAsync(file, [.. lines, "local=/cluster.local/", "local-ttl=7"], TestContext.Current.CancellationToken);
        _process = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = Program,
            Arguments =
            [
                "--no-daemon", "--no-resolv", "--no-hosts", "--pid-file", $"--conf-file={file}", "--bind-interfaces",
                $"--listen-address={Address.Address}", $"--port={Address.Port}",
            ],
        });
        await WaitUntilItListensAsync();
    }

    public async Task StopAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    // It takes TCP when it takes UDP.
    private async Task WaitUntilItListensAsync()
    {
        while (true)
        {
            Assert.False(_process!.HasExited, _process.Output);
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(Address, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }
}
