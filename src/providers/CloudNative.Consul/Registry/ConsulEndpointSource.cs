using System.Runtime.CompilerServices;
using CloudNative.Consul.Http;
using CloudNative.Discovery;

namespace CloudNative.Consul.Registry;

/// <summary>
/// Finds instances in the catalogue. A failure ends the watch: the endpoint table opens it again, at a pace that all watches share, and
/// what was known stays in force.
/// </summary>
internal sealed class ConsulEndpointSource(ConsulHttp http, ConsulOptions options, TimeProvider time) : IEndpointSource
{
    private readonly BlockingQueryTurns _turns = new(options);

    public string Name => ConsulProvider.Name;

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        using var place = _turns.Join();
        var query = new BlockingQuery(http, _turns, service, options, time);
        EndpointUpdate? last = null;
        while (true)
        {
            var update = await AskAsync(query, service, cancellationToken).ConfigureAwait(false);
            if (!InstanceComparison.IsSame(last, update))
            {
                last = update;
                yield return update;
            }

            if (update.Kind == EndpointUpdateKind.Unavailable)
            {
                yield break;
            }
        }
    }

    private async Task<EndpointUpdate> AskAsync(BlockingQuery query, string service, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await query.AskAsync(cancellationToken).ConfigureAwait(false);
            return CatalogueAnswer.Read(service, answer, options.AllowWarning);
        }
        catch (ConsulException exception)
        {
            return EndpointUpdate.Unavailable(exception.Message);
        }
    }
}
