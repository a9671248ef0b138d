using System.Runtime.CompilerServices;
using CloudNative.Discovery.Resolution;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Discovery.Sources;

/// <summary>
/// The <c>Services</c> section, read as Microsoft.Extensions.ServiceDiscovery reads it, so that files and environment
/// variables written for that (<c>services__catalog__http__0</c>) keep working.
/// </summary>
internal sealed class ConfigurationSource(IConfiguration configuration, TimeProvider time) : IEndpointSource
{
    public const string SectionName = "Services";
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    public string Name => "configuration";

    public bool Names(string service) => configuration.GetSection(SectionName).GetSection(service).Exists();

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EndpointUpdate? last = null;
        while (true)
        {
            // Subscribe, then read: a reload between the two ends the wait below at once instead of being missed.
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var subscription = configuration.GetReloadToken()
                .RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), changed);
            var update = ReadOrFail(service);
            if (last is null || !UpdateComparison.IsSame(last, update))
            {
                last = update;
                yield return update;
            }

            if (update.Kind == EndpointUpdateKind.Unavailable)
            {
                await Task.WhenAny(changed.Task, Task.Delay(PauseAfterFailure, time, cancellationToken)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
            else
            {
                await changed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A provider of somebody else may throw, and those in memory do when a value is set while they are listed. That
    // must not end the watch.
    private EndpointUpdate ReadOrFail(string service)
    {
        try
        {
            return Read(service);
        }
        catch (Exception exception)
        {
            return EndpointUpdate.Unavailable($"the configuration cannot be read: {exception.Message}");
        }
    }

    private EndpointUpdate Read(string service)
    {
        var section = configuration.GetSection(SectionName).GetSection(service);
        if (!section.Exists())
        {
            return EndpointUpdate.NotFound;
        }

        // Entries with the same index under several names are the addresses of one instance, so that https+http can
        // choose among them and a failure of one is known for the other.
        var byIndex = new SortedDictionary<int, List<InstanceEndpoint>>();
        foreach (var entry in ConfiguredEntries.Read(section))
        {
            if (!byIndex.TryGetValue(entry.Index, out var endpoints))
            {
                byIndex.Add(entry.Index, endpoints = []);
            }

            endpoints.AddRange(entry.Endpoints.Where(endpoint => !endpoints.Contains(endpoint)));
        }

        // The address names the instance: when it changes, what was learned of the old one must not judge the new one.
        var instances = byIndex.Values.Where(endpoints => endpoints.Count > 0)
            .Select(endpoints => new ServiceInstance
            {
                Service = service,
                Id = $"{endpoints[0].Host}:{endpoints[0].Port}",
                Endpoints = endpoints,
            })
            .DistinctBy(instance => instance.Id, StringComparer.OrdinalIgnoreCase);
        return EndpointUpdate.Answer([.. instances], confirmed: true);
    }
}
