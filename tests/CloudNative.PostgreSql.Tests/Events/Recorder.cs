using System.Collections.Concurrent;
using System.Diagnostics;
using CloudNative.Eventing;

namespace CloudNative.PostgreSql.Tests.Events;

/// <summary>Completes what it gets, and keeps in which order it came.</summary>
internal sealed class Recorder : IDeliverySink
{
    private readonly ConcurrentQueue<(string Key, string Id, long Position)> _seen = new();
    private readonly ConcurrentDictionary<string, byte> _ids = new();
    private readonly ConcurrentQueue<string> _reasons = new();
    private readonly Lock _lock = new();
    private long _last;

    public int Count => _ids.Count;

    public IReadOnlyCollection<(string Key, string Id, long Position)> Seen => _seen;

    /// <summary>The longest time in which nothing came, after the first.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>Why it was paused, each time.</summary>
    public IReadOnlyCollection<string> Reasons => _reasons;

    public SubscriptionState State { get; private set; } = SubscriptionState.Active;

    public void Deliver(EventDelivery delivery) => _ = Task.Run(async () =>
    {
        MeasurePause();
        _seen.Enqueue((delivery.Event.Key ?? string.Empty, delivery.Event.Id, delivery.Position!.Value));
        try
        {
            if (await delivery.SettleAsync(Settlement.Complete(), CancellationToken.None))
            {
                _ids.TryAdd(delivery.Event.Id, 0);
            }
        }
        catch (EventTransportException)
        {
            // It comes again.
        }
    });

    public void StateChanged(SubscriptionState state, string? reason)
    {
        State = state;
        if (reason is not null)
        {
            _reasons.Enqueue(reason);
        }
    }

    private void MeasurePause()
    {
        lock (_lock)
        {
            var pause = _last == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_last);
            LongestPause = pause > LongestPause ? pause : LongestPause;
            _last = Stopwatch.GetTimestamp();
        }
    }
}
