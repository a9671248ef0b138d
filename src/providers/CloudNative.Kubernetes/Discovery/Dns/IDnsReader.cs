namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>Asks the cluster's DNS.</summary>
internal interface IDnsReader
{
    /// <summary>The pods behind a port of a Service.</summary>
    /// <param name="service">The Service's whole name: <c>catalog.shop.svc.cluster.local</c>.</param>
    /// <param name="port">The port's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What there is, or why that is not known.</returns>
    Task<DnsRecords> ReadAsync(string service, string port, CancellationToken cancellationToken);
}
