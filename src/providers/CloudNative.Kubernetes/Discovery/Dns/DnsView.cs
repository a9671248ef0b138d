using System.Net;
using System.Net.Sockets;
using CloudNative.Discovery;

namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>What the answers of DNS on one Service mean together. Not thread-safe.</summary>
internal sealed class DnsView(string service, string fullName)
{
    // The table compares by reference: what did not change must stay what it is.
    private Dictionary<string, ServiceInstance> _last = new(StringComparer.Ordinal);

    private bool _wasThere;

    /// <summary><c>catalog.shop.svc.cluster.local</c>.</summary>
    public string FullName => fullName;

    /// <param name="answers">One for each port that was asked for, in order.</param>
    public EndpointUpdate Read(IReadOnlyList<DnsRecords> answers)
    {
        var targets = OfOneFamily([.. answers.SelectMany(answer => answer.Pods)]);
        var addresses = targets.Where(target => target.Address is not null)
            .GroupBy(target => target.Host, target => target.Address, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(host => host.Key, host => host.Distinct().Count(), StringComparer.OrdinalIgnoreCase);
        var instances = targets
            .GroupBy(target => target.Address ?? target.Host, StringComparer.OrdinalIgnoreCase)
            .Select(pod => ToInstance(pod, isOnlyOfItsName: addresses.GetValueOrDefault(pod.First().Host) <= 1))
            .OrderBy(instance => instance.Id, StringComparer.Ordinal)
            .ToList();
        _last = instances.ToDictionary(instance => instance.Id, StringComparer.Ordinal);
        if (instances.Count > 0)
        {
            _wasThere = true;
            return EndpointUpdate.Answer(instances, confirmed: true);
        }

        // A Service without named ports has no SRV records, and its name in DNS is all there is. One that had some may
        // have lost its pods, or a server of DNS its mind.
        return _wasThere ? EndpointUpdate.NoInstance("DNS has no SRV record of it any more") : EndpointUpdate.NotFound;
    }

    // A pod of both families that has no name of its own is two targets, named by its addresses.
    private static List<DnsTarget> OfOneFamily(List<DnsTarget> targets) =>
        targets.Exists(target => IsOfFamily(target, AddressFamily.InterNetwork))
            ? targets.FindAll(target => !IsOfFamily(target, AddressFamily.InterNetworkV6))
            : targets;

    private static bool IsOfFamily(DnsTarget target, AddressFamily family) =>
        IPAddress.TryParse(target.Address, out var address) && address.AddressFamily == family;

    private ServiceInstance ToInstance(IGrouping<string, DnsTarget> pod, bool isOnlyOfItsName)
    {
        var first = pod.First();
        var ports = PortReader.Read(
            [.. pod.Select(target => new KubernetesEndpointPort { Name = target.Port, Port = target.Number })]);
        var instance = new ServiceInstance
        {
            Service = service,
            Id = isOnlyOfItsName ? NameOf(first) : pod.Key,
            Endpoints = Array.ConvertAll(ports, port => port with { Host = pod.Key }),
            Priority = first.Priority,
            // All of them zero means that nobody cares.
            Weight = first.Weight == 0 ? ServiceInstance.DefaultWeight : first.Weight,
        };
        return _last.GetValueOrDefault(instance.Id) is { } known && IsSame(known, instance) ? known : instance;
    }

    private static bool IsSame(ServiceInstance left, ServiceInstance right) =>
        left.Priority == right.Priority && left.Weight == right.Weight && left.Endpoints.SequenceEqual(right.Endpoints);

    // A pod of a StatefulSet keeps its name while its address changes; that of any other is its address with dashes.
    private string NameOf(DnsTarget target) =>
        target.Address is not null && target.Host.EndsWith($".{fullName}", StringComparison.OrdinalIgnoreCase)
            ? target.Host[..^(fullName.Length + 1)]
            : target.Host;
}
