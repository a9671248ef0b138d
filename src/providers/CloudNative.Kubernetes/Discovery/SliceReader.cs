using System.Globalization;
using CloudNative.Discovery;

namespace CloudNative.Kubernetes.Discovery;

/// <summary>Makes instances of the endpoints of a slice, and keeps those that did not change.</summary>
internal sealed class SliceReader(string service, string? zone)
{
    /// <param name="slice">The slice as it is.</param>
    /// <param name="before">What was made of it before; empty when its ports were others.</param>
    public Candidate[] Read(KubernetesEndpointSlice slice, IReadOnlyList<Candidate> before)
    {
        var known = before.ToDictionary(candidate => candidate.Instance.Id, StringComparer.Ordinal);
        var ports = PortReader.Read(slice.Ports);
        var endpoints = slice.Endpoints ?? [];
        var candidates = new List<Candidate>(endpoints.Count);
        var seen = new HashSet<string>(endpoints.Count, StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            if (ports.Length > 0 && endpoint.Addresses is [var address, ..] && IdOf(endpoint, address, ports) is var id && seen.Add(id))
            {
                candidates.Add(known.GetValueOrDefault(id) is { } same && IsSame(same.Source, endpoint)
                    ? same
                    : Make(id, address, endpoint, ports));
            }
        }

        return [.. candidates];
    }

    private Candidate Make(string id, string address, KubernetesEndpoint endpoint, InstanceEndpoint[] ports)
    {
        var metadata = new Dictionary<string, string>(2, StringComparer.Ordinal);
        if (endpoint.NodeName is { } node)
        {
            metadata["k8s.node.name"] = node;
        }

        if (endpoint.TargetRef is { Kind: "Pod", Name: { } pod })
        {
            metadata["k8s.pod.name"] = pod;
        }

        var instance = new ServiceInstance
        {
            Service = service,
            Id = id,
            Endpoints = Array.ConvertAll(ports, port => port with { Host = address }),
            Zone = endpoint.Zone,
            Metadata = metadata,
        };
        var zones = endpoint.Hints?.ForZones;
        var isForOthers = zone is not null && zones is { Count: > 0 } && zones.All(hint => hint.Name != zone);
        return new Candidate(
            instance,
            StateOf(endpoint.Conditions),
            isForOthers ? instance with { Priority = 1 } : null,
            zones is { Count: > 0 },
            endpoint);
    }

    // A pod keeps its name while its address changes with its family; what is behind an endpoint without a pod is its
    // address, where several processes may have ports.
    private static string IdOf(KubernetesEndpoint endpoint, string address, InstanceEndpoint[] ports) =>
        endpoint.TargetRef is { Kind: "Pod", Name: { Length: > 0 } pod }
            ? pod
            : string.Create(CultureInfo.InvariantCulture, $"{address}:{ports[0].Port}");

    private static EndpointReadiness StateOf(KubernetesEndpointConditions? conditions) => conditions switch
    {
        null or { Ready: null or true } => EndpointReadiness.Ready,
        { Terminating: true, Serving: null or true } => EndpointReadiness.Leaving,
        _ => EndpointReadiness.NotReady,
    };

    private static bool IsSame(KubernetesEndpoint left, KubernetesEndpoint right) =>
        left.Addresses?[0] == right.Addresses?[0]
        && left.Conditions == right.Conditions
        && left.NodeName == right.NodeName
        && left.Zone == right.Zone
        && left.TargetRef == right.TargetRef
        && (left.Hints?.ForZones ?? []).SequenceEqual(right.Hints?.ForZones ?? []);
}
