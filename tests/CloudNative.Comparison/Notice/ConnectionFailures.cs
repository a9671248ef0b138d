using System.Collections.Concurrent;
using System.Diagnostics;

namespace CloudNative.Comparison.Notice;

/// <summary>
/// Attempts to connect that failed, whoever made them: the runtime's own spans of sockets tell port and time. A process that was killed
/// cannot tell who still calls it.
/// </summary>
internal sealed class ConnectionFailures : IDisposable
{
    private const string Source = "Experimental.System.Net.Sockets";
    private const string Port = "network.peer.port";

    private readonly ConcurrentQueue<(int Port, long At)> _seen = new();
    private readonly ActivityListener _listener;

    public ConnectionFailures()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = See,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>When such attempts began, from then on.</summary>
    public IEnumerable<long> To(IReadOnlyCollection<int> ports, long from) =>
        _seen.Where(attempt => attempt.At >= from && ports.Contains(attempt.Port)).Select(attempt => attempt.At);

    public void Dispose() => _listener.Dispose();

    private void See(Activity connect)
    {
        if (connect.Status == ActivityStatusCode.Error && connect.GetTagItem(Port) is int port)
        {
            var lasted = (long)(connect.Duration.TotalSeconds * TimeProvider.System.TimestampFrequency);
            _seen.Enqueue((port, TimeProvider.System.GetTimestamp() - lasted));
        }
    }
}
