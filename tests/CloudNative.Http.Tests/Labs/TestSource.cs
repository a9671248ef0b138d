using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CloudNative.Discovery;

namespace CloudNative.Http.Tests.Labs;

/// <summary>A source that says what a test tells it to.</summary>
internal sealed class TestSource : IEndpointSource
{
    private readonly ConcurrentDictionary<string, EndpointUpdate> _updates = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Channel<EndpointUpdate>, string> _watches = new();

    private readonly ConcurrentDictionary<string, bool> _silent = new(StringComparer.OrdinalIgnoreCase);

    public string Name => "test";

    public void Set(string service, params ServiceInstance[] instances) =>
        Say(service, EndpointUpdate.Answer(instances, confirmed: true));

    /// <summary>Lets a service's watchers wait for ever.</summary>
    public void Silence(string service) => _silent[service] = true;

    public void Say(string service, EndpointUpdate update)
    {
        _updates[service] = update;
        foreach (var (channel, watched) in _watches)
        {
            if (string.Equals(watched, service, StringComparison.OrdinalIgnoreCase))
            {
                channel.Writer.TryWrite(update);
            }
        }
    }

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<EndpointUpdate>();
        _watches[channel] = service;
        if (_silent.ContainsKey(service))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        yield return _updates.GetValueOrDefault(service, EndpointUpdate.NotFound);
        while (true)
        {
            yield return await channel.Reader.ReadAsync(cancellationToken);
        }
    }
}
