using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace CloudNative.Discovery.Tests.Support;

/// <summary>A source whose every word the test speaks.</summary>
internal sealed class ScriptedSource(string name = "scripted") : IEndpointSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Channel<EndpointUpdate>> _open = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, EndpointUpdate> _standing = new(StringComparer.OrdinalIgnoreCase);
    private string? _down;
    private int _calls;
    private int _openCount;

    public string Name => name;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Watches that are open now.</summary>
    public int Open => Volatile.Read(ref _openCount);

    /// <summary>Says something of a service, now and to each watch that opens later.</summary>
    public void Say(string service, EndpointUpdate update)
    {
        lock (_lock)
        {
            _standing[service] = update;
            if (_open.TryGetValue(service, out var channel))
            {
                channel.Writer.TryWrite(update);
            }
        }
    }

    /// <summary>Breaks all watches; new ones fail until <see cref="Recover"/>.</summary>
    public void Fail(string reason)
    {
        lock (_lock)
        {
            _down = reason;
            foreach (var channel in _open.Values)
            {
                channel.Writer.TryWrite(EndpointUpdate.Unavailable(reason));
            }
        }
    }

    public void Recover()
    {
        lock (_lock)
        {
            _down = null;
        }
    }

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        var channel = Channel.CreateUnbounded<EndpointUpdate>();
        lock (_lock)
        {
            _open[service] = channel;
            if (_down is not null)
            {
                channel.Writer.TryWrite(EndpointUpdate.Unavailable(_down));
            }
            else if (_standing.TryGetValue(service, out var standing))
            {
                channel.Writer.TryWrite(standing);
            }
        }

        Interlocked.Increment(ref _openCount);
        try
        {
            await foreach (var update in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return update;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _openCount);
        }
    }
}
