using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CloudNative.Testing;

namespace CloudNative.TestSupport.Consul;

/// <summary>
/// A real Consul agent that is its own server, in memory, on loopback ports of its own. Tests skip where there is no binary:
/// <c>build/consul.sh</c> gets one, <c>CONSUL_BINARY</c> names one.
/// </summary>
public sealed class ConsulServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string[] _arguments;
    private readonly bool _isSecure;
    private readonly bool _isFederated;
    private readonly TemporaryDirectory _directory = new();
    private readonly int[] _ports = FreePorts(5);
    private ChildProcess? _process;

    public ConsulServer()
        : this([])
    {
    }

    private ConsulServer(string[] arguments, bool isSecure = false, bool isFederated = false) =>
        (_arguments, _isSecure, _isFederated) = (arguments, isSecure, isFederated);

    /// <summary>The token that may do everything, of <see cref="WithAccessLists"/>.</summary>
    public const string ManagementToken = "4b5c2f8e-6d1a-4c1e-9a58-0d4c6c8f3f11";

    public Uri Address => new($"http://127.0.0.1:{_ports[0]}");

    /// <summary>Where it listens with TLS, of <see cref="WithTls"/>.</summary>
    public Uri SecureAddress => new($"https://127.0.0.1:{_ports[3]}");

    /// <summary>Asks the agent as anybody can, past what is tested.</summary>
    public HttpClient Client => field ??= new HttpClient
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { { "X-Consul-Token", ManagementToken } },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A server that lets nobody do anything without a token.</summary>
    public static ConsulServer WithAccessLists() => new(
    [
        "-hcl",
        $$"""
        acl {
          enabled = true
          default_policy = "deny"
          tokens { master = "{{ManagementToken}}" agent = "{{ManagementToken}}" }
        }
        """,
    ]);

    /// <summary>A server that also listens with TLS, and asks there for a certificate of its own authority.</summary>
    public static ConsulServer WithTls() => new(
        [
            "-hcl",
            """
            ca_file = "consul-agent-ca.pem"
            cert_file = "dc1-server-consul-0.pem"
            key_file = "dc1-server-consul-0-key.pem"
            verify_incoming_https = true
            """,
        ],
        isSecure: true);

    /// <summary>The server of a datacentre that can join others.</summary>
    public static ConsulServer InDatacenter(string name) => new(["-datacenter", name], isFederated: true);

    /// <summary>Joins the datacentre of another server, and waits until each knows the other.</summary>
    public async Task JoinAsync(ConsulServer other)
    {
        using var response = await Client.PutAsync($"/v1/agent/join/127.0.0.1:{other._ports[4]}?wan=1", null, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        await EventuallyAsync(async () => (await GetAsync("/v1/catalog/datacenters")).GetArrayLength() == 2);
    }

    /// <summary>A file that <see cref="WithTls"/> has made.</summary>
    public string PathOf(string file) => Path.Combine(_directory.Path, file);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts it unless it runs; skips the test when it cannot be had.</summary>
    public async Task StartAsync()
    {
        if (_process is { HasExited: false })
        {
            return;
        }

        var binary = FindBinary();
        Assert.SkipUnless(binary is not null, "No Consul here: run build/consul.sh, or name one by CONSUL_BINARY.");
        if (_isSecure && !File.Exists(PathOf("consul-agent-ca.pem")))
        {
            await RunAsync(binary, "tls", "ca", "create");
            await RunAsync(binary, "tls", "cert", "create", "-server");
            await RunAsync(binary, "tls", "cert", "create", "-client");
        }

        string[] ports = ["-http-port", "-serf-lan-port", "-server-port"];
        _process = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = binary,
            Arguments =
            [
                "agent", "-dev", "-node", "one", "-bind", "127.0.0.1", "-client", "127.0.0.1", "-log-level", "warn",
                "-dns-port", "-1", "-grpc-port", "-1", "-serf-wan-port", _isFederated ? $"{_ports[4]}" : "-1",
                .. ports.Zip(_ports).SelectMany(pair => new[] { pair.First, $"{pair.Second}" }),
                "-https-port", _isSecure ? $"{_ports[3]}" : "-1",
                .. _arguments,
            ],
            WorkingDirectory = _directory.Path,
            Timeout = Patience,
        });
        await EventuallyAsync(IsServingAsync);
    }

    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Has it leave as an operator does, who takes the machine away; it takes along what is registered there.</summary>
    public async Task LeaveAsync()
    {
        await PutAsync("/v1/agent/leave");
        await _process!.WaitForExitAsync(Cancel);
    }

    public void Suspend() => _process!.Suspend();

    public void Resume() => _process!.Resume();

    /// <summary>Registers what somebody else would, by the words of the API.</summary>
    public async Task RegisterAsync(string json)
    {
        using var content = new StringContent(json);
        using var response = await Client.PutAsync("/v1/agent/service/register", content, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path, Cancel);

    /// <summary>Ids of what the agent has registered, in order.</summary>
    public async Task<string[]> ListAsync() =>
        [.. (await GetAsync("/v1/agent/services")).EnumerateObject().Select(service => service.Name).Order(StringComparer.Ordinal)];

    /// <summary>Forgets all services.</summary>
    public async Task ClearAsync()
    {
        foreach (var id in await ListAsync())
        {
            using var response = await Client.PutAsync($"/v1/agent/service/deregister/{Uri.EscapeDataString(id)}", null, Cancel);
        }
    }

    /// <summary>Changes something as anybody can, past what is tested.</summary>
    public async Task PutAsync(string path, string? body = null)
    {
        using var content = body is null ? null : new StringContent(body);
        using var response = await Client.PutAsync(path, content, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Deletes a key, or all below it.</summary>
    public async Task DeleteAsync(string path)
    {
        using var response = await Client.DeleteAsync(path, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Ends all sessions, by the entry in the servers' log by which they end those whose TTL has passed.</summary>
    public async Task EndSessionsAsync()
    {
        foreach (var session in (await GetAsync("/v1/session/list")).EnumerateArray())
        {
            await PutAsync($"/v1/session/destroy/{session.GetProperty("ID").GetString()}");
        }
    }

    /// <summary>Waits for what must become true.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> condition, bool mayBeAway = false)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"It has not come true. The agent says:\n{_process?.Output}");
            Assert.False(!mayBeAway && _process is { HasExited: true }, _process?.Output);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Client.Dispose();
        _directory.Dispose();
    }

    private async Task RunAsync(string binary, params string[] arguments)
    {
        await using var process = ChildProcess.Start(
            new ChildProcessOptions { FileName = binary, Arguments = arguments, WorkingDirectory = _directory.Path, Timeout = Patience });
        Assert.True(await process.WaitForExitAsync(Cancel) == 0, process.Output);
    }

    private async Task<bool> IsServingAsync()
    {
        try
        {
            return (await GetAsync("/v1/catalog/nodes")).GetArrayLength() > 0;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen, or has no leader yet.
        }
    }

    private static string? FindBinary()
    {
        if (Environment.GetEnvironmentVariable("CONSUL_BINARY") is { Length: > 0 } named)
        {
            return named;
        }

        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, ".tools", "consul");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
