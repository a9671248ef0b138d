using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CloudNative.Discovery;
using CloudNative.Embedded;
using CloudNative.Leases;
using CloudNative.PostgreSql;
using CloudNative.Testing.Agent.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Testing.Agent;

/// <summary>
/// Runs commands against the embedded provider. Answers are <c>#id ok value</c> or <c>#id error text</c>; watches
/// add <c>!id update</c>.
/// </summary>
internal sealed partial class EmbeddedAgent : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly FakeTimeProvider? _time;
    private readonly string _eventProvider = EmbeddedProvider.Name;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, IServiceRegistration> _registrations = new();
    private readonly ConcurrentDictionary<string, ILease> _leases = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _watches = new();
    private readonly ConcurrentBag<Task> _running = [];

    public EmbeddedAgent(string dataDirectory, bool virtualTime, IEnumerable<string[]> settings)
    {
        var services = new ServiceCollection();
        if (virtualTime)
        {
            _time = new FakeTimeProvider();
            services.AddSingleton<TimeProvider>(_time);
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new($"{EmbeddedOptions.SectionName}:DataDirectory", IsConnectionString(dataDirectory) ? null : dataDirectory),
                new($"{PostgreSqlOptions.SectionName}:ConnectionString", IsConnectionString(dataDirectory) ? dataDirectory : null),
            ])
            .AddInMemoryCollection(settings.Select(pair =>
                new KeyValuePair<string, string?>($"{EmbeddedOptions.SectionName}:{pair[0]}", pair[1])))
            .Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        services.AddCloudNativeEmbedded();
        if (IsConnectionString(dataDirectory))
        {
            _eventProvider = PostgreSqlProvider.Name;
            services.AddCloudNativePostgreSql();
        }

        _provider = services.BuildServiceProvider();
    }

    // Where events are: in a directory, or in a database.
    private static bool IsConnectionString(string store) => store.Contains("Host=", StringComparison.Ordinal);

    public void Dispatch(string line) => _running.Add(RunAsync(line));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        await _provider.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync(string line)
    {
        var parts = line.Split(' ', 3);
        var (id, command, argument) = (parts[0], parts[1], parts.Length > 2 ? parts[2] : string.Empty);
        try
        {
            Answer($"#{id} ok {await RunAsync(id, command, argument)}");
        }
        catch (Exception exception)
        {
            Answer($"#{id} error {exception.GetType().Name} {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private async Task<string> RunAsync(string id, string command, string argument)
    {
        switch (command)
        {
            case "register":
                var instance = JsonSerializer.Deserialize<ServiceInstance>(argument)!;
                var handle = id;
                _registrations[handle] = await Registry.RegisterAsync(instance, _stopping.Token);
                return handle;
            case "ready":
            case "unready":
                await _registrations[argument].SetReadyAsync(command == "ready", _stopping.Token);
                return string.Empty;
            case "deregister":
                await _registrations[argument].DisposeAsync();
                return string.Empty;
            case "watch":
                StartWatch(id, argument);
                return string.Empty;
            case "unwatch":
                await _watches[argument].CancelAsync();
                return string.Empty;
            case "acquire":
                return await AcquireAsync(id, argument);
            case "release":
                await _leases[argument].DisposeAsync();
                return string.Empty;
            case "churn":
                _running.Add(ChurnAsync(id));
                return string.Empty;
            case "advance":
                return await AdvanceAsync(long.Parse(argument, CultureInfo.InvariantCulture));
            default:
                return await RunEventsAsync(id, command, argument);
        }
    }

    private IServiceRegistry Registry => _provider.GetRequiredKeyedService<IServiceRegistry>(EmbeddedProvider.Name);

    private ILeaseProvider Leases => _provider.GetRequiredKeyedService<ILeaseProvider>(EmbeddedProvider.Name);

    private async Task<string> AcquireAsync(string id, string argument)
    {
        var parts = argument.Split(' ', 2);
        var duration = TimeSpan.FromMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
        var lease = await Leases.TryAcquireAsync(parts[1], duration, _stopping.Token);
        if (lease is null)
        {
            return "none";
        }

        _leases[id] = lease;
        lease.Lost.Register(() => Answer($"!{id} lost"));
        return lease.FencingToken.ToString(CultureInfo.InvariantCulture);
    }

    // The acquisition waits its turn behind what the clock has set off.
    private async Task<string> AdvanceAsync(long milliseconds)
    {
        _time?.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await using var turn = await Leases.TryAcquireAsync($"turn-{Guid.NewGuid()}", TimeSpan.FromSeconds(1), _stopping.Token);
        return string.Empty;
    }

    // Writes as fast as it can, and counts, for somebody who kills it in the middle.
    private async Task ChurnAsync(string id)
    {
        for (var count = 1; !_stopping.IsCancellationRequested; count++)
        {
            var instance = new ServiceInstance
            {
                Service = "churn",
                Id = $"{id}-{Environment.ProcessId}-{count % 7}",
                Endpoints = [new InstanceEndpoint("http", "127.0.0.1", 1 + (count % 60000))],
            };
            var registration = await Registry.RegisterAsync(instance, CancellationToken.None);
            await registration.SetReadyAsync(count % 2 == 0, CancellationToken.None);
            if (count % 3 == 0)
            {
                await registration.DisposeAsync();
            }

            Answer($"!{id} {count}");
        }
    }

    private void StartWatch(string id, string service)
    {
        var watch = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _watches[id] = watch;
        _running.Add(WatchAsync(id, service, watch.Token));
    }

    private async Task WatchAsync(string id, string service, CancellationToken cancellationToken)
    {
        var source = _provider.GetRequiredKeyedService<IEndpointSource>(EmbeddedProvider.Name);
        try
        {
            await foreach (var update in source.WatchAsync(service, cancellationToken))
            {
                Answer($"!{id} {update.Kind} {JsonSerializer.Serialize(update.Instances)} {update.Reason}");
            }
        }
        catch (OperationCanceledException)
        {
        }

        Answer($"!{id} end");
    }

    private static void Answer(string line)
    {
        // One writer at a time, and nothing held back.
        lock (Console.Out)
        {
            Console.Out.WriteLine(AgentLine.Write(line));
            Console.Out.Flush();
        }
    }
}
