using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CloudNative.Testing;
using Npgsql;

namespace CloudNative.TestSupport.PostgreSql;

/// <summary>
/// A real PostgreSQL on a loopback port of its own, in a directory that goes away with it; <c>fsync</c> is on. Tests skip where there is
/// none: <c>build/setup.sh</c> installs one, <c>POSTGRESQL_BINARIES</c> names the directory of another's <c>initdb</c>. Started once, by
/// the first test that asks.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    public const string AdministratorPassword = "administrator";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A shell gives what it runs in the background no input of its own, so the input is kept under another number.
    private const string EndWithInput =
        "exec 3<&0; \"$@\" 3<&- < /dev/null & server=$!; (cat <&3 > /dev/null; kill -QUIT $server) > /dev/null 2>&1 & wait $server";

    private readonly TemporaryDirectory _directory = new();
    private readonly SemaphoreSlim _starting = new(1);
    private readonly int _port = FreePort();
    private readonly string? _binaries = FindBinaries();
    private ChildProcess? _process;
    private int _databases;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_directory.Path, "data");

    // The server refuses to be root, so somebody else runs it who can read what it is installed from.
    private static string? OtherUser => !OperatingSystem.IsWindows() && Environment.UserName == "root"
        ? File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody"
        : null;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>How to get at a database, as the administrator unless another is named.</summary>
    public string ConnectionString(string database, string user = "postgres", string password = AdministratorPassword) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Database = database,
            Username = user,
            Password = password,
            Timeout = 10,
            IncludeErrorDetail = true,
        }.ConnectionString;

    /// <summary>Starts it unless it runs; skips the test when it cannot be had.</summary>
    public async Task StartAsync()
    {
        Assert.SkipUnless(_binaries is not null, "No PostgreSQL here: run build/setup.sh, or name one by POSTGRESQL_BINARIES.");
        await _starting.WaitAsync(Cancel);
        try
        {
            if (_process is { HasExited: false })
            {
                return;
            }

            if (!Directory.Exists(Data))
            {
                await InitializeDataAsync();
            }

            await RunServerAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>A new, empty database.</summary>
    /// <returns>Its connection string, as the administrator.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        await StartAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Does something as anybody can, past what is tested.</summary>
    public Task ExecuteAsync(string sql) => ExecuteAsync(ConnectionString("postgres"), sql);

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>Stops it as a crash would: connections are cut, nothing is tidied up; the next start recovers from the log.</summary>
    public Task KillAsync() => StopAsync("immediate");

    /// <summary>Stops it in an orderly way: connections are ended, what is under way is rolled back.</summary>
    public Task StopAsync() => StopAsync("fast");

    /// <summary>Crashes it and starts it again.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await StopAsync("immediate");
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _starting.Dispose();
        _directory.Dispose();
    }

    private async Task InitializeDataAsync()
    {
        var passwords = Path.Combine(_directory.Path, "password");
        await File.WriteAllTextAsync(passwords, AdministratorPassword, Cancel);
        if (!OperatingSystem.IsWindows() && OtherUser is { } user)
        {
            File.SetUnixFileMode(
                _directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
            await RunAsync("install", "-d", "-m", "700", "-o", user, Data);
        }

        var initdb = Path.Combine(_binaries!, "initdb");
        await RunAsync(
        [
            .. AsOther(initdb), "-D", Data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwords, "-E", "UTF8", "--no-locale",
            "--no-sync",
        ]);
    }

    private async Task RunServerAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        // Ends with its standard input, so that it does not outlive a test run that was killed.
        string[] command =
        [
            .. AsOther(Path.Combine(_binaries!, "postgres")), "-D", Data, "-p", $"{_port}", "-k", string.Empty,
            "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "fsync=on",
        ];
        _process = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = "/bin/sh",
            Arguments = ["-c", EndWithInput, "sh", .. command],
            WorkingDirectory = "/",
            Timeout = Patience,
        });
        await EventuallyAsync(IsServingAsync);
    }

    private async Task StopAsync(string mode)
    {
        await RunAsync([.. AsOther(Path.Combine(_binaries!, "pg_ctl")), "stop", "-D", Data, "-m", mode, "-w", "-s"]);
        await _process!.DisposeAsync();
        _process = null;
    }

    private async Task<bool> IsServingAsync()
    {
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            Assert.False(_process!.HasExited, _process.Output);
            return false; // It does not listen yet, or recovers.
        }
    }

    /// <summary>Waits for what must become true.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"It has not come true. The server says:\n{_process?.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }
    }

    private static string[] AsOther(string program) => OtherUser is { } user
        ? ["setpriv", "--reuid", user, "--regid", user == "nobody" ? "nogroup" : user, "--clear-groups", "--inh-caps=-all", program]
        : [program];

    private static async Task RunAsync(params string[] command)
    {
        await using var process = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = command[0],
            Arguments = command[1..],
            WorkingDirectory = "/",
            Timeout = Patience,
        });
        Assert.True(await process.WaitForExitAsync(CancellationToken.None) == 0, process.Output);
    }

    private static string? FindBinaries()
    {
        if (Environment.GetEnvironmentVariable("POSTGRESQL_BINARIES") is { Length: > 0 } named)
        {
            return named;
        }

        const string debian = "/usr/lib/postgresql";
        return Directory.Exists(debian)
            ? Directory.GetDirectories(debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
                .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "initdb")))
            : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
