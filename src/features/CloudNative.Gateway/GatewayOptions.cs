namespace CloudNative.Gateway;

/// <summary>
/// Routes to services by name, beside those of YARP's own <c>ReverseProxy</c> section. An empty section is valid. Everything but
/// <see cref="Enabled"/> is reloaded; a reload that is not valid is logged, and the last good routes stay in force.
/// </summary>
public sealed class GatewayOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Gateway";

    /// <summary>
    /// Whether anything is forwarded. When off, no route of this section or of <c>ReverseProxy</c> exists. Default
    /// <see langword="true"/>; read at start.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The routes by name. Default none; reloadable.</summary>
    public IDictionary<string, GatewayRouteOptions> Routes { get; set; } =
        new Dictionary<string, GatewayRouteOptions>(StringComparer.OrdinalIgnoreCase);
}
