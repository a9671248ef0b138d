using CloudNative.Consumers;
using CloudNative.TestSupport.Consul;

namespace CloudNative.FaultTests.Consul;

/// <summary>A service that calls another one with two instances, each a process, on a real agent; started once for all tests.</summary>
public sealed class ConsulApp : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // A call is counted when it arrives, which may be late for the first and early for the last.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(0.5);

    // Beside this module's folder, with the frameworks that it asks for itself.
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "CloudNative.Registry.TestApp", new DirectoryInfo(AppContext.BaseDirectory).Name,
        "CloudNative.Registry.TestApp.dll"));

    private readonly List<(RunningService Service, AgentProxy Proxy)> _processes = [];

    public ConsulServer Server { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Brings all up that is not, and waits until the agent knows all of it.</summary>
    public async Task StartAsync()
    {
        await Server.StartAsync();
        if (_processes.Count == 0)
        {
            await Task.WhenAll(AddAsync("caller"), AddAsync("greeter"), AddAsync("greeter"));
            await Caller.WaitForOkAsync("/call");
        }

        await WaitForAllAsync();
    }

    /// <summary>Waits until the agent has all instances, and takes them for well.</summary>
    public Task WaitForAllAsync() => WaitForAsync(callers: 1, greeters: 2);

    internal Task WaitForAsync(int callers, int greeters) => Server.EventuallyAsync(async () =>
        await CountAsync("caller") == callers && await CountAsync("greeter") == greeters);

    /// <summary>Calls until it is asked how they went.</summary>
    internal CallLoad Load() => new(Caller.Client);

    /// <summary>
    /// Waits until each process has called the agent some times, and sees that it took its time: one call each 5 s, and one more that was
    /// made before anybody knew that the agent is away.
    /// </summary>
    internal async Task AssertCallsAreRareAsync(int calls)
    {
        foreach (var times in await WaitForCallsAsync(calls))
        {
            var took = TimeProvider.System.GetElapsedTime(times[0], times[^1]);
            var least = (calls - 2) * Interval;
            Assert.True(took > least - Tolerance, $"A process called {calls} times within {took.TotalSeconds:F1} s.");
        }
    }

    /// <summary>Waits until each process has called the agent some times.</summary>
    /// <returns>When each did, as timestamps.</returns>
    internal Task<IReadOnlyList<long>[]> WaitForCallsAsync(int calls) =>
        Task.WhenAll(_processes.Select(process => process.Proxy.NextCallsAsync(calls)));

    /// <summary>Lets all answers of the agent come late.</summary>
    internal void Delay(TimeSpan delay) => _processes.ForEach(process => process.Proxy.Delay = delay);

    internal async Task AddAsync(string name)
    {
        var proxy = await AgentProxy.StartAsync(Server.Address);
        var service = await RunningService.StartAsync(Program, AppContext.BaseDirectory, new Dictionary<string, string?>
        {
            ["Greeting"] = "hello",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
            ["Logging__LogLevel__System.Net.Http"] = "Warning",
            ["CloudNative__Service__Name"] = name,
            ["CloudNative__Consul__Address"] = proxy.Address.ToString(),
            ["CloudNative__Consul__Registration__Ttl"] = "00:00:05", // The shortest: troubles outlast it.
        });
        lock (_processes)
        {
            _processes.Insert(name == "caller" ? 0 : _processes.Count, (service, proxy));
        }
    }

    /// <summary>Stops one as an orchestrator does.</summary>
    /// <returns>Its exit code.</returns>
    internal Task<int> StopGreeterAsync() => EndGreeterAsync(greeter => greeter.StopAsync());

    internal Task KillGreeterAsync() => EndGreeterAsync(async greeter =>
    {
        await greeter.KillAsync();
        return 0;
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var (service, proxy) in _processes)
        {
            await service.DisposeAsync();
            await proxy.DisposeAsync();
        }

        await Server.DisposeAsync();
    }

    private async Task<int> EndGreeterAsync(Func<RunningService, Task<int>> end)
    {
        var (service, proxy) = _processes[^1];
        _processes.RemoveAt(_processes.Count - 1);
        await using (proxy)
        await using (service)
        {
            return await end(service);
        }
    }

    private RunningService Caller => _processes[0].Service;

    private async Task<int> CountAsync(string service)
    {
        var instances = await Server.GetAsync($"/v1/health/service/{service}?passing");
        return instances.GetArrayLength();
    }
}
