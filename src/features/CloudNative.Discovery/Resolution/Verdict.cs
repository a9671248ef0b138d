using System.Collections.Frozen;

namespace CloudNative.Discovery.Resolution;

/// <summary>What the sources of a service say when taken together.</summary>
/// <param name="Status">What is known.</param>
/// <param name="IsStale">Whether a source that contributes cannot answer or is doubted.</param>
/// <param name="Reason">Why, or why there is no instance.</param>
/// <param name="Instances">The instances.</param>
/// <param name="Doubted">Ids of those that are believed gone by their source only.</param>
internal sealed record Verdict(
    ServiceStatus Status,
    bool IsStale,
    string? Reason,
    IReadOnlyList<ServiceInstance> Instances,
    IReadOnlySet<string> Doubted)
{
    public static Verdict Of(IReadOnlyList<SourceView> views)
    {
        var instances = new List<ServiceInstance>();
        var doubted = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var addresses = new HashSet<(string, int)>();
        foreach (var view in views)
        {
            foreach (var instance in view.Instances)
            {
                // Two sources may know the same process under two names; the first one named it.
                var seen = instance.Endpoints.Any(endpoint => addresses.Contains((endpoint.Host, endpoint.Port)));
                if (!seen && ids.Add(instance.Id))
                {
                    instances.Add(instance);
                    if (view.IsDoubted)
                    {
                        doubted.Add(instance.Id);
                    }
                }
            }

            addresses.UnionWith(view.Instances
                .SelectMany(instance => instance.Endpoints)
                .Select(endpoint => (endpoint.Host, endpoint.Port)));
        }

        var troubled = views.FirstOrDefault(view => view.IsTroubled);
        var telling = troubled ?? (instances.Count > 0 ? null : views.FirstOrDefault(view => view.Reason is not null));
        return new Verdict(
            StatusOf(views, instances.Count), troubled is not null && instances.Count > 0, telling?.Reason, instances, doubted);
    }

    public static Verdict NotFound { get; } = new(ServiceStatus.NotFound, false, null, [], FrozenSet<string>.Empty);

    /// <summary>Whether nothing would change if this took the place of the snapshot.</summary>
    public bool IsSameAs(EndpointSnapshot snapshot) =>
        snapshot.Status == Status
        && snapshot.IsStale == IsStale
        && snapshot.Reason == Reason
        && snapshot.Endpoints.Length == Instances.Count
        && snapshot.Endpoints.Zip(Instances).All(pair => ReferenceEquals(pair.First.Instance, pair.Second));

    private static ServiceStatus StatusOf(IReadOnlyList<SourceView> views, int instances)
    {
        if (instances > 0 || views.Any(view => view.Kind == EndpointUpdateKind.Answer))
        {
            return ServiceStatus.Known;
        }

        if (views.Any(view => view.Kind is null))
        {
            return ServiceStatus.Unknown;
        }

        return views.Any(view => view.Kind == EndpointUpdateKind.Unavailable) ? ServiceStatus.Unavailable : ServiceStatus.NotFound;
    }
}
