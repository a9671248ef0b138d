using System.Net.Http.Json;
using CloudNative.Local.Building;
using CloudNative.Local.Output;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Local.Tests.Support;

/// <summary>The engine in a host of this process, with real processes below it.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly SynchronizedWriter _output = new();
    private readonly HttpClient _http = new();

    private RunningApp(TestFiles files, Action<LocalAppOptions>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IProgramSource, BuiltPrograms>();
        builder.Services.AddSingleton(AppConsole.Create(_output, isTerminal: false));
        builder.AddLocalApp(options =>
        {
            options.AppFile = files.AppFile;
            options.DataRoot = files.Data;
        });
        builder.AddLocalApp(configure);
        _host = builder.Build();
        App = _host.Services.GetRequiredService<ILocalApp>();
    }

    public ILocalApp App { get; }

    public string Output => _output.ToString();

    public static async Task<RunningApp> StartAsync(
        TestFiles files, Action<LocalAppOptions>? configure = null, EventHandler<LocalReplicaEventArgs>? onChange = null)
    {
        var app = new RunningApp(files, configure);
        app.App.ReplicaChanged += onChange;
        await app._host.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    public static async Task<RunningApp> StartReadyAsync(TestFiles files, Action<LocalAppOptions>? configure = null)
    {
        var app = await StartAsync(files, configure);
        try
        {
            await app.App.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the engine ended the host by itself.</summary>
    public async Task<int> WaitForEndAsync()
    {
        await _host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
        return App.ExitCode;
    }

    public LocalReplica Replica(string service, int number = 1) =>
        App.Services.Single(candidate => candidate.Name == service).Replicas.Single(replica => replica.Number == number);

    public Task<string> GetAsync(string service, string path) =>
        _http.GetStringAsync(new Uri(Replica(service).Address!, path), TestContext.Current.CancellationToken);

    public async Task<Dictionary<string, string>> EnvironmentAsync(string service) =>
        (await _http.GetFromJsonAsync<Dictionary<string, string>>(
            new Uri(Replica(service).Address!, "environment"), TestContext.Current.CancellationToken))!;

    public async Task StopAsync() => await _host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _http.Dispose();
        _output.Dispose();
    }
}
