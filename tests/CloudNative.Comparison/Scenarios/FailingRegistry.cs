using System.Net;
using System.Runtime.CompilerServices;
using CloudNative.Discovery;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// One registry with two faces: the source that the endpoint table watches, and the provider that Microsoft's resolver
/// asks.
/// </summary>
internal sealed class FailingRegistry(IReadOnlyList<string> addresses)
    : IEndpointSource, IServiceEndpointProviderFactory, IServiceEndpointProvider, IDisposable
{
    private readonly CancellationTokenSource _changed = new();
    private volatile bool _down;
    private long _callsWhileDown;

    public string Name => "registry";

    public long CallsWhileDown => Interlocked.Read(ref _callsWhileDown);

    public void GoDown()
    {
        _down = true;
        _changed.Cancel();
    }

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_down)
        {
            Interlocked.Increment(ref _callsWhileDown);
            yield return EndpointUpdate.Unavailable("connection refused");
            yield break;
        }

        yield return EndpointUpdate.Answer([.. addresses.Select(Instance)]);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (_changed.Token.Register(lost.SetResult))
        {
            await lost.Task.WaitAsync(cancellationToken);
        }

        yield return EndpointUpdate.Unavailable("connection lost");

        ServiceInstance Instance(string address, int index)
        {
            var uri = new Uri(address);
            return new ServiceInstance
            {
                Service = service,
                Id = $"{index}",
                Endpoints = [new InstanceEndpoint(uri.Scheme, uri.Host, uri.Port)],
            };
        }
    }

    public bool TryCreateProvider(ServiceEndpointQuery query, out IServiceEndpointProvider provider)
    {
        provider = this;
        return true;
    }

    public ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
    {
        if (_down)
        {
            Interlocked.Increment(ref _callsWhileDown);
            throw new HttpRequestException("connection refused");
        }

        foreach (var address in addresses)
        {
            endpoints.Endpoints.Add(ServiceEndpoint.Create(new IPEndPoint(IPAddress.Loopback, new Uri(address).Port)));
        }

        endpoints.AddChangeToken(new CancellationChangeToken(_changed.Token));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => _changed.Dispose();
}
