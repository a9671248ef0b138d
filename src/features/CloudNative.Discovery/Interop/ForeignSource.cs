using System.Runtime.CompilerServices;
using CloudNative.Discovery.Resolution;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Discovery.Interop;

/// <summary>
/// Makes a provider that was written for Microsoft.Extensions.ServiceDiscovery (DNS, for example) a source of the
/// table. It is called directly: the watcher of that package, which loses signals and forgets what it knew, has no part
/// in it.
/// </summary>
internal sealed class ForeignSource(IServiceEndpointProviderFactory factory, TimeProvider time) : IEndpointSource
{
    /// <summary>How often a provider that does not announce changes is asked again.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(60);

    private const string Theirs = "Microsoft.Extensions.ServiceDiscovery.";
    private const string Suffix = "ServiceEndpointProviderFactory";

    public string Name { get; } = "servicediscovery:" + factory.GetType().Name.Replace(Suffix, "", StringComparison.Ordinal);

    /// <summary>
    /// Not ours, and none of the two whose work the table does itself: its Services section and passing names on to
    /// DNS.
    /// </summary>
    public static bool IsForeign(IServiceEndpointProviderFactory factory) =>
        factory is not TableProviderFactory && factory.GetType().FullName is not (
            Theirs + "Configuration.Configuration" + Suffix or Theirs + "PassThrough.PassThrough" + Suffix);

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!ServiceEndpointQuery.TryParse($"https+http://{service}", out var query) || !factory.TryCreateProvider(query, out var provider))
        {
            yield return EndpointUpdate.NotFound;
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        await using var disposal = provider.ConfigureAwait(false);
        EndpointUpdate? last = null;
        while (true)
        {
            var collected = new EndpointCollector();
            var update = await AskAsync(provider, collected, service, cancellationToken).ConfigureAwait(false);
            if (last is null || !UpdateComparison.IsSame(last, update))
            {
                last = update;
                yield return update;
            }

            if (update.Kind == EndpointUpdateKind.Unavailable)
            {
                yield break;
            }

            await collected.WaitForChangeAsync(time, PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<EndpointUpdate> AskAsync(
        IServiceEndpointProvider provider, EndpointCollector collected, string service, CancellationToken cancellationToken)
    {
        try
        {
            await provider.PopulateAsync(collected, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return EndpointUpdate.Unavailable(exception.Message);
        }

        var instances = collected.Endpoints
            .Select(endpoint => ForeignEndpoints.Read(service, endpoint))
            .OfType<ServiceInstance>()
            .DistinctBy(instance => instance.Id, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return instances.Length == 0 ? EndpointUpdate.NotFound : EndpointUpdate.Answer(instances);
    }
}
