using CloudNative.Discovery;

namespace CloudNative.Kubernetes.Discovery;

/// <summary>The slices of one Service, and what they mean together. Not thread-safe.</summary>
internal sealed class SliceView(string service, string? zone)
{
    private readonly SliceReader _reader = new(service, zone);

    // In an order of their own, so that an answer does not differ from the one before for no reason; IPv4 first, since
    // a pod of both families is in slices of both.
    private readonly SortedDictionary<string, (KubernetesEndpointSlice Slice, Candidate[] Candidates)> _slices =
        new(StringComparer.Ordinal);

    // Kept, so that an answer costs no more than its list.
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private bool _wasThere;

    public void Apply(IReadOnlyList<KubernetesChange<KubernetesEndpointSlice>> changes)
    {
        foreach (var change in changes)
        {
            // By what it was: one of the same name may be of another family.
            var hasBefore = _slices.Remove(KeyOf(change.Before, change.Name), out var known);
            if (change.After is { } slice && slice.AddressType != "FQDN")
            {
                var before = hasBefore && HaveSamePorts(known.Slice, slice) ? known.Candidates : [];
                _slices[KeyOf(slice, change.Name)] = (slice, _reader.Read(slice, before));
            }
        }

        _wasThere |= _slices.Count > 0;
    }

    /// <summary>What the table is told. The API server vouches for who is missing.</summary>
    public EndpointUpdate Answer()
    {
        if (_slices.Count == 0)
        {
            return _wasThere ? EndpointUpdate.NoInstance("the Service is gone", confirmed: true) : EndpointUpdate.NotFound;
        }

        if (!_slices.Values.Any(slice => slice.Candidates.Length > 0)
            && _slices.Values.Any(slice => slice.Slice.Endpoints is { Count: > 0 }))
        {
            return EndpointUpdate.NotFound; // A headless Service without ports: its name in DNS is all there is.
        }

        var taken = Collect(EndpointReadiness.Ready);
        if (taken.Count == 0)
        {
            // As kube-proxy does: those that are going away and still answer are better than nobody.
            taken = Collect(EndpointReadiness.Leaving);
        }

        return taken.Count > 0
            ? EndpointUpdate.Answer(taken, confirmed: true)
            : EndpointUpdate.NoInstance(ReasonFor(CountPods()), confirmed: true);
    }

    private List<ServiceInstance> Collect(EndpointReadiness state)
    {
        _seen.Clear();
        var found = new List<Candidate>();
        foreach (var (_, candidates) in _slices.Values)
        {
            foreach (var candidate in candidates)
            {
                // While an endpoint moves from one slice to another it is in both.
                if (candidate.State == state && _seen.Add(candidate.Instance.Id))
                {
                    found.Add(candidate);
                }
            }
        }

        // The hints hold when all have them and some are for this zone; else traffic goes anywhere
        // (https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/).
        var areHintsGood = zone is not null
            && found.TrueForAll(candidate => candidate.IsHinted)
            && found.Exists(candidate => candidate.Backup is null);
        return found.ConvertAll(candidate => areHintsGood ? candidate.Backup ?? candidate.Instance : candidate.Instance);
    }

    private int CountPods() =>
        _slices.Values.SelectMany(slice => slice.Candidates).DistinctBy(candidate => candidate.Instance.Id).Count();

    private static string KeyOf(KubernetesEndpointSlice? slice, KubernetesName name) =>
        $"{(slice?.AddressType == "IPv6" ? '6' : '4')}/{name.Name}";

    private static bool HaveSamePorts(KubernetesEndpointSlice left, KubernetesEndpointSlice right) =>
        (left.Ports ?? []).SequenceEqual(right.Ports ?? []);

    private static string ReasonFor(int count) => count switch
    {
        0 => "the Service selects no pod",
        1 => "the only pod of the Service is not ready",
        _ => $"none of the {count} pods of the Service is ready",
    };
}
