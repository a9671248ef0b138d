using System.Collections.Concurrent;
using System.Threading.Channels;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>What arrived on one side.</summary>
internal sealed class Recorder
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly Channel<Arrival> _more = Channel.CreateUnbounded<Arrival>();

    public IReadOnlyCollection<Arrival> Arrivals => _arrivals;

    public void Add(Arrival arrival)
    {
        _arrivals.Enqueue(arrival);
        _more.Writer.TryWrite(arrival);
    }

    /// <summary>The next arrival.</summary>
    public async Task<Arrival> FirstAsync()
    {
        await UntilAsync(1);
        return _arrivals.First();
    }

    /// <summary>Waits until so many different orders have arrived.</summary>
    public async Task UntilAsync(int orders)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(_patience);
        while (_arrivals.Select(arrival => arrival.Order).Distinct().Count() < orders)
        {
            await _more.Reader.ReadAsync(enough.Token);
        }
    }

    /// <summary>The orders that arrived, each once.</summary>
    public ISet<string> Orders() => _arrivals.Select(arrival => arrival.Order).ToHashSet(StringComparer.Ordinal);
}
