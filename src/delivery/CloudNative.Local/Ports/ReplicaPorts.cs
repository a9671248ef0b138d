using CloudNative.AppModel;

namespace CloudNative.Local.Ports;

/// <summary>
/// Where a replica listens: the address that is asked for readiness, and those of its other endpoints by name.
/// </summary>
internal static class ReplicaPorts
{
    public static Uri? Main(IReadOnlyList<ReplicaPort> ports) => ports.Count == 0 ? null : ports[0].Address;

    public static IReadOnlyDictionary<string, Uri> Named(IReadOnlyList<ReplicaPort> ports) =>
        ports.Skip(1).ToDictionary(port => port.Definition.Name, port => port.Address, StringComparer.Ordinal);

    /// <summary>
    /// The variables by which ASP.NET Core learns of them. One address goes into <c>ASPNETCORE_URLS</c>, which an
    /// application may override; endpoints with names and protocols are Kestrel's own configuration, which replaces
    /// addresses altogether.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables(IReadOnlyList<ReplicaPort> ports)
    {
        if (ports.Count == 1)
        {
            yield return KeyValuePair.Create("ASPNETCORE_URLS", Text(ports[0].Address));
            yield break;
        }

        foreach (var port in ports)
        {
            var section = $"Kestrel__Endpoints__{port.Definition.Name}__";
            yield return KeyValuePair.Create($"{section}Url", Text(port.Address));
            yield return KeyValuePair.Create($"{section}Protocols", port.Definition.Protocol == PortProtocol.Http2 ? "Http2" : "Http1");
        }
    }

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
