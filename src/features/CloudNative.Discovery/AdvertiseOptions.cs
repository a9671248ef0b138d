namespace CloudNative.Discovery;

/// <summary>
/// The address under which neighbours reach this service. Section <c>CloudNative:Discovery:Advertise</c>; read once at
/// start. What is not set is found: the host from <c>POD_IP</c>, else the local address of the route to the registry;
/// port and scheme from the web server.
/// </summary>
public sealed class AdvertiseOptions
{
    /// <summary>IP address or host name, without scheme and port. Default: found.</summary>
    public string? Host { get; set; }

    /// <summary>
    /// The port, where it differs from the one the service listens on. Default: the listening one; 1 to 65535.
    /// </summary>
    public int? Port { get; set; }

    /// <summary>
    /// <c>http</c> or <c>https</c>; of several listening addresses only those with this scheme are announced. Default:
    /// all.
    /// </summary>
    public string? Scheme { get; set; }

    /// <summary>
    /// A network in CIDR notation, <c>10.1.0.0/16</c>: the interface with an address in it is the one to announce.
    /// Default: none.
    /// </summary>
    public string? Network { get; set; }
}
