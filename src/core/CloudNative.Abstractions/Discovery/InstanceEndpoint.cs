namespace CloudNative.Discovery;

/// <summary>One address of an instance.</summary>
/// <param name="Scheme">The URI scheme, <c>http</c> or <c>https</c>, lower case.</param>
/// <param name="Host">IP address or host name, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record InstanceEndpoint(string Scheme, string Host, int Port)
{
    /// <summary>The endpoint's name, for <c>http://_name.service</c>; <see langword="null"/> for the unnamed one.</summary>
    public string? Name { get; init; }

    /// <summary>Replaces the logical name in TLS (SNI and the certificate's name) when the certificate carries another one.</summary>
    public string? Authority { get; init; }
}
