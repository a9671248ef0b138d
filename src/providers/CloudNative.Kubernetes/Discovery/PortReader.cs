using CloudNative.Discovery;

namespace CloudNative.Kubernetes.Discovery;

/// <summary>What the ports of a slice are to callers.</summary>
internal static class PortReader
{
    private const string Https = "https";

    private static readonly string[] _secure = [Https, "kubernetes.io/wss"];

    // What a port is called that is the one that callers mean when they name none.
    private static readonly string[] _usual = ["", "http", Https, "default"];

    /// <summary>
    /// One entry for each TCP port, for a host that is filled in later. The usual names stand for the unnamed endpoint;
    /// where there is none of these, the first port does, too.
    /// </summary>
    public static InstanceEndpoint[] Read(IReadOnlyList<KubernetesEndpointPort>? ports)
    {
        var named = (ports ?? [])
            .Where(port => port is { Port: > 0 and <= 65535, Protocol: null or "TCP" })
            .Select(port => new InstanceEndpoint(SchemeOf(port), "", port.Port!.Value) { Name = NameOf(port) })
            .ToList();
        if (named.Count > 0 && named.TrueForAll(port => port.Name is not null))
        {
            named.Insert(0, named[0] with { Name = null });
        }

        return [.. named];
    }

    private static string? NameOf(KubernetesEndpointPort port) =>
        _usual.Contains(port.Name ?? "", StringComparer.OrdinalIgnoreCase) ? null : port.Name;

    private static string SchemeOf(KubernetesEndpointPort port) =>
        _secure.Contains(port.AppProtocol ?? port.Name, StringComparer.OrdinalIgnoreCase) ? Https : "http";
}
