using CloudNative.Eventing;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>
/// Appends what waits in one round trip and one commit; what comes meanwhile waits for the next. Of full groups a second is on its way
/// while the first is stored: the server takes it in before it has to wait for the topic.
/// </summary>
internal sealed class AppendQueue : IAsyncDisposable
{
    private const int MostLanes = 2;
    private const int MostEvents = 400;
    private const long MostBytes = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<AppendRequest> _waiting = new();
    private readonly Stack<AppendLane> _idle = new();
    private readonly OwnedTasks _busy = new();
    private int _waitingEvents;
    private bool _isClosed;

    /// <param name="create">Makes a way to the server.</param>
    public AppendQueue(Func<AppendLane> create)
    {
        for (var lane = 0; lane < MostLanes; lane++)
        {
            _idle.Push(create());
        }
    }

    public Task AppendAsync(NewEvent[] events)
    {
        var request = new AppendRequest(events);
        lock (_gate)
        {
            if (_isClosed)
            {
                return Task.FromException(new EventTransportException(
                    $"{Configuration.ErrorIds.Failed} The event log is closed."));
            }

            _waiting.Enqueue(request);
            _waitingEvents += request.Count;
            if (_idle.Count == MostLanes || (_idle.Count > 0 && _waitingEvents >= MostEvents))
            {
                var lane = _idle.Pop();
                _busy.Add(Task.Run(() => RunAsync(lane)));
            }
        }

        return request.Task;
    }

    /// <summary>Ends after what was handed over.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        await _busy.WhenAllAsync().ConfigureAwait(false);
        foreach (var lane in _idle)
        {
            await lane.DisconnectAsync().ConfigureAwait(false);
        }
    }

    private async Task RunAsync(AppendLane lane)
    {
        var group = new List<AppendRequest>();
        while (TryGather(group, lane))
        {
            await lane.StoreAsync(group).ConfigureAwait(false);
        }
    }

    // The last lane goes on while anything waits; others only while it makes a group worth a commit of its own.
    private bool TryGather(List<AppendRequest> group, AppendLane lane)
    {
        group.Clear();
        lock (_gate)
        {
            var isLast = _idle.Count == MostLanes - 1;
            if (_waiting.Count == 0 || (!isLast && _waitingEvents < MostEvents))
            {
                _idle.Push(lane);
                return false;
            }

            var (events, bytes) = (0, 0L);
            while (_waiting.TryPeek(out var next)
                && (group.Count == 0 || (events + next.Count <= MostEvents && bytes + next.Bytes <= MostBytes)))
            {
                group.Add(_waiting.Dequeue());
                events += next.Count;
                bytes += next.Bytes;
            }

            _waitingEvents -= events;
            return true;
        }
    }
}
