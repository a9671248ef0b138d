using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CloudNative.Testing;

namespace CloudNative.TestSupport.RabbitMq;

/// <summary>
/// A real RabbitMQ on loopback ports of its own, in a directory that goes away with it, with a name, a cookie
/// and a port mapper of its own. Tests skip where there is none: <c>build/setup.sh</c> installs one,
/// <c>RABBITMQ_SBIN</c> names the directory of another's <c>rabbitmq-server</c>. Started once, by the first test that asks; each test
/// gets a vhost.
/// </summary>
public sealed class RabbitMqServer : IAsyncLifetime
{
    private const int VhostsAtOnce = 20;
    private const string Installed = "/usr/lib/rabbitmq/bin";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryDirectory _directory = new();
    private readonly SemaphoreSlim _starting = new(1);
    private readonly int[] _ports = FreePorts(3);
    private readonly string? _binaries = FindBinaries();
    private ChildProcess? _mapper;
    private ChildProcess? _process;
    private int _vhosts;
    private int _vhostsMade;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public int Port => _ports[0];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// The address of a vhost, as the administrator unless another is named; through another port than the broker's where one is given.
    /// </summary>
    public Uri Address(string vhost, string user = "guest", string password = "guest", int? port = null) =>
        new($"amqp://{user}:{password}@127.0.0.1:{port ?? Port}/{vhost}");

    /// <summary>Starts it unless it runs; skips the test when it cannot be had.</summary>
    public async Task StartAsync()
    {
        Assert.SkipUnless(_binaries is not null, "No RabbitMQ here: run build/setup.sh, or name one by RABBITMQ_SBIN.");
        await _starting.WaitAsync(Cancel);
        try
        {
            if (_process is { HasExited: false })
            {
                return;
            }

            if (_mapper is null or { HasExited: true })
            {
                _mapper = Start("epmd", "-address", "127.0.0.1", "-port", Text(_ports[2]));
            }

            _process = Start(Path.Combine(_binaries, "rabbitmq-server"));
            await _process.WaitForLineAsync(line => line.Contains("completed with", StringComparison.Ordinal), Cancel);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>An empty vhost that nobody else uses.</summary>
    public async Task<string> CreateVhostAsync()
    {
        await StartAsync();
        await _starting.WaitAsync(Cancel);
        try
        {
            if (_vhosts == _vhostsMade)
            {
                // Asking the broker takes most of a second, however much is asked for.
                await ControlAsync("eval", $$"""
                    [begin N = iolist_to_binary(io_lib:format("test-~b", [I])),
                     rabbit_vhost:add(N, <<"test">>),
                     rabbit_auth_backend_internal:set_permissions(<<"guest">>, N, <<".*">>, <<".*">>, <<".*">>, <<"test">>)
                     end || I <- lists:seq({{_vhostsMade + 1}}, {{_vhostsMade + VhostsAtOnce}})].
                    """);
                _vhostsMade += VhostsAtOnce;
            }

            return $"test-{++_vhosts}";
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Asks the broker as its administrator.</summary>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        await using var control = Start(Path.Combine(_binaries!, "rabbitmqctl"), [.. arguments, "--quiet"]);
        var code = await control.WaitForExitAsync(Cancel);
        Assert.True(code == 0, $"rabbitmqctl {string.Join(' ', arguments)}: {control.Output}");
        return control.Output;
    }

    /// <summary>Closes all connections, as an administrator does.</summary>
    public Task CloseConnectionsAsync(string vhost) => ControlAsync("close_all_connections", "--vhost", vhost, "by a test");

    /// <summary>Kills it, as a lack of memory does.</summary>
    public async Task KillAsync()
    {
        var number = await File.ReadAllTextAsync(Path.Combine(_directory.Path, "broker.pid"), Cancel);
        using (var broker = System.Diagnostics.Process.GetProcessById(int.Parse(number, CultureInfo.InvariantCulture)))
        {
            broker.Kill();
            await broker.WaitForExitAsync(Cancel);
        }

        await _process!.WaitForExitAsync(Cancel);
        await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        if (_mapper is not null)
        {
            await _mapper.KillAsync();
            await _mapper.DisposeAsync();
        }

        _starting.Dispose();
        _directory.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private ChildProcess Start(string file, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(_directory.Path, "enabled_plugins"), "[].");
        File.WriteAllText(Path.Combine(_directory.Path, "rabbitmq.conf"), "log.console = false\nheartbeat = 10\n");
        return ChildProcess.Start(new ChildProcessOptions
        {
            FileName = file,
            Arguments = arguments,
            WorkingDirectory = _directory.Path,
            Timeout = Patience,
            Environment = new Dictionary<string, string?>
            {
                ["HOME"] = _directory.Path,
                ["RABBITMQ_NODENAME"] = $"test{Port}@localhost",
                ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
                ["RABBITMQ_NODE_PORT"] = Text(Port),
                ["RABBITMQ_DIST_PORT"] = Text(_ports[1]),
                ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_directory.Path, "data"),
                ["RABBITMQ_LOG_BASE"] = Path.Combine(_directory.Path, "log"),
                ["RABBITMQ_PID_FILE"] = Path.Combine(_directory.Path, "broker.pid"),
                ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_directory.Path, "rabbitmq.conf"),
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_directory.Path, "enabled_plugins"),
                ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_directory.Path, "none"),
                ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
                ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
                ["ERL_EPMD_PORT"] = Text(_ports[2]),
            },
        });
    }

    private static string? FindBinaries() =>
        Environment.GetEnvironmentVariable("RABBITMQ_SBIN") is { Length: > 0 } named
            ? named
            : File.Exists(Path.Combine(Installed, "rabbitmq-server")) ? Installed : null;

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
