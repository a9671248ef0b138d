namespace CloudNative.Consul;

/// <summary>
/// Where Consul is and how it is asked. Section <c>CloudNative:Consul</c>; what it leaves out is taken from the
/// variables that Consul's own tools read. Read once, at first use; the token's file at every call.
/// </summary>
public sealed class ConsulOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Consul";

    /// <summary>
    /// The agent: <c>http://host:8500</c>, <c>https://host:8501</c> or <c>host:port</c>. Default:
    /// <c>CONSUL_HTTP_ADDR</c>, with <c>https</c> when <c>CONSUL_HTTP_SSL</c> is <c>true</c>; else
    /// <c>http://127.0.0.1:8500</c>.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>The ACL token. Default: <c>CONSUL_HTTP_TOKEN</c>; else none.</summary>
    public string? Token { get; set; }

    /// <summary>
    /// A file that holds the ACL token; read again at every call, so that a token can be replaced. Outweighs
    /// <see cref="Token"/>. Default: <c>CONSUL_HTTP_TOKEN_FILE</c>; else none.
    /// </summary>
    public string? TokenFile { get; set; }

    /// <summary>
    /// A PEM file with the authorities that may have signed the agent's certificate; no other is trusted then. Default:
    /// <c>CONSUL_CACERT</c>; else those of the system.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>
    /// A PEM file with the certificate shown to the agent. Default: <c>CONSUL_CLIENT_CERT</c>; else none.
    /// </summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>
    /// A PEM file with the key of <see cref="ClientCertificateFile"/>. Default: <c>CONSUL_CLIENT_KEY</c>; else none.
    /// </summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>
    /// The datacentre in which services are looked for. Default: the agent's own, in which services are registered
    /// always.
    /// </summary>
    public string? Datacenter { get; set; }

    /// <summary>
    /// Which instances are looked for among those of a service, in the agent's own language
    /// (https://developer.hashicorp.com/consul/api-docs/features/filtering): <c>Service.Meta.team == "shop"</c>.
    /// Default: all.
    /// </summary>
    public string? Filter { get; set; }

    /// <summary>
    /// The namespace of all that is asked and told, where the server has such. Default: <c>CONSUL_NAMESPACE</c>; else
    /// what the token says.
    /// </summary>
    public string? Namespace { get; set; }

    /// <summary>
    /// The admin partition of all that is asked and told, where the server has such. Default: <c>CONSUL_PARTITION</c>;
    /// else the agent's.
    /// </summary>
    public string? Partition { get; set; }

    /// <summary>
    /// Whether instances with a check in state <c>warning</c> take calls. Default <see langword="false"/>.
    /// </summary>
    public bool AllowWarning { get; set; }

    /// <summary>
    /// How long one question waits at the agent for a change before it is asked again. Changes are told at once
    /// whatever this is. Default 1 min; 1 s to 10 min.
    /// </summary>
    public TimeSpan WaitTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How many questions wait at the agent at the same time, each on a connection of its own. A process that looks for more services asks
    /// for them in turns: a change is seen within 10 s then, and not at once. An agent takes 200 connections from one address
    /// (<c>limits.http_max_conns_per_client</c>), which all processes of a machine share. Default 64; 4 to 10,000.
    /// </summary>
    public int MaxBlockingQueries { get; set; } = 64;

    /// <summary>How this service is registered.</summary>
    public ConsulRegistrationOptions Registration { get; set; } = new();

    /// <summary>How leases are kept.</summary>
    public ConsulLeaseOptions Leases { get; set; } = new();
}
