using CloudNative.Discovery;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.FaultTests.Support;

/// <summary>The processes of one app, on a data directory of their own.</summary>
internal sealed class App(string? dataDirectory = null) : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<IAsyncDisposable> _parts = [];

    public string DataDirectory => dataDirectory ?? _directory.Combine("data");

    public static ServiceInstance Instance(string service, string id) =>
        new() { Service = service, Id = id, Endpoints = [new InstanceEndpoint("http", "127.0.0.1", 5000)] };

    public async Task<AgentProcess> StartAsync(params string[] settings)
    {
        var agent = await AgentProcess.StartAsync(DataDirectory, virtualTime: false, settings);
        lock (_parts)
        {
            _parts.Add(agent);
        }

        return agent;
    }

    public async Task<AgentProcess[]> StartAsync(int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartAsync()));

    public ServiceFollower Follow(AgentProcess agent, string service)
    {
        var follower = new ServiceFollower(agent.Source, service);
        _parts.Add(follower);
        return follower;
    }

    public async ValueTask DisposeAsync()
    {
        for (var index = _parts.Count - 1; index >= 0; index--)
        {
            await _parts[index].DisposeAsync();
        }

        _directory.Dispose();
    }
}
