using System.Diagnostics;
using System.Net;
using CloudNative.Testing;

namespace CloudNative.Consumers;

/// <summary>A service that a test started, with the address it printed.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly ChildProcess _process;

    private RunningService(ChildProcess process, IReadOnlyList<Uri> addresses)
    {
        _process = process;
        Addresses = addresses;
        Client = new HttpClient { BaseAddress = addresses[^1], Timeout = TimeSpan.FromSeconds(10) };
    }

    /// <summary>Where it listens, in the order in which it opened the ports.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    public HttpClient Client { get; }

    public string Output => _process.Output;

    public int ProcessId => _process.Id;

    /// <summary>Starts a web service on a free port and waits until it listens; the client calls the last port it opens.</summary>
    public static async Task<RunningService> StartAsync(
        string program, string folder, IReadOnlyDictionary<string, string?>? environment = null, int listeners = 1)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        var process = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = isAssembly ? Dotnet.Program : program,
            Arguments = isAssembly ? ["exec", program] : [],
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            },
        });
        try
        {
            var addresses = new List<Uri>();
            while (addresses.Count < listeners)
            {
                var line = await process.WaitForLineAsync(line => line.Contains(Listening, StringComparison.Ordinal));
                addresses.Add(new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()));
            }

            return new RunningService(process, addresses);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gets a path; fails with the service's log when it does not succeed.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {body}\n{Output}");
        return body;
    }

    /// <summary>Waits until a path answers 200.</summary>
    public Task WaitForOkAsync(string path) => WaitForAsync(path, body: null);

    /// <summary>Waits until a path answers 200, with a body if one is given.</summary>
    public async Task WaitForAsync(string path, string? body)
    {
        var started = Stopwatch.GetTimestamp();
        var last = "nothing";
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
        {
            using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
            var answer = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.OK && (body is null || body == answer))
            {
                return;
            }

            last = $"{(int)response.StatusCode}: {answer}";
            await Task.Delay(50);
        }

        Assert.Fail($"{path} never answered 200{(body is null ? "" : $" {body}")}; last {last}\n{Output}");
    }

    /// <summary>Asks it to stop as an orchestrator does and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await Signals.TerminateAsync(ProcessId);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _process.WaitForExitAsync(patience.Token);
    }

    /// <summary>Ends it on the spot.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }
}
