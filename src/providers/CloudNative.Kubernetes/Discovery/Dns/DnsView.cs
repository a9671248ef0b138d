using CloudNative.Discovery;

namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>What the answers of DNS on one Service mean together. Not thread-safe.</summary>
internal sealed class DnsView(string service, string fullName)
{
    private bool _wasThere;

    /// <summary><c>catalog.shop.svc.cluster.local</c>.</summary>
    public string FullName => fullName;

    /// <param name="answers">One for each port that was asked for, in order.</param>
    public EndpointUpdate Read(IReadOnlyList<DnsRecords> answers)
    {
        var instances = answers
            .SelectMany(answer => answer.Pods)
            .GroupBy(target => target.Address ?? target.Host, StringComparer.OrdinalIgnoreCase)
            .Select(ToInstance)
            .OrderBy(instance => instance.Id, StringComparer.Ordinal)
            .ToList();
        if (instances.Count > 0)
        {
            _wasThere = true;
            return EndpointUpdate.Answer(instances, confirmed: true);
        }

        // A Service without named ports has no SRV records, and its name in DNS is all there is. One that had some may
        // have lost its pods, or a server of DNS its mind.
        return _wasThere ? EndpointUpdate.NoInstance("DNS has no SRV record of it any more") : EndpointUpdate.NotFound;
    }

    private ServiceInstance ToInstance(IGrouping<string, DnsTarget> pod)
    {
        var first = pod.First();
        var ports = PortReader.Read(
            [.. pod.Select(target => new KubernetesEndpointPort { Name = target.Port, Port = target.Number })]);
        return new ServiceInstance
        {
            Service = service,
            Id = IdOf(first),
            Endpoints = Array.ConvertAll(ports, port => port with { Host = pod.Key }),
            Priority = first.Priority,
            // All of them zero means that nobody cares.
            Weight = first.Weight == 0 ? ServiceInstance.DefaultWeight : first.Weight,
        };
    }

    // A pod of a StatefulSet keeps its name while its address changes; that of any other is its address with dashes.
    private string IdOf(DnsTarget target) =>
        target.Address is not null && target.Host.EndsWith($".{fullName}", StringComparison.OrdinalIgnoreCase)
            ? target.Host[..^(fullName.Length + 1)]
            : target.Host;
}
