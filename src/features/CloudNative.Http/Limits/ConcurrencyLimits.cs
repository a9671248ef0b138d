using System.Collections.Concurrent;

namespace CloudNative.Http.Limits;

/// <summary>
/// The limits of this process, one per client and instance; each lives as long as the statistics of its instance, and so outlives
/// handlers and reloads.
/// </summary>
internal sealed class ConcurrencyLimits(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ClientLimits> _clients = new(StringComparer.Ordinal);

    public ClientLimits Get(string client) => _clients.GetOrAdd(client, static (_, time) => new ClientLimits(time), time);
}
