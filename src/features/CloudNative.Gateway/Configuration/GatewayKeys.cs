namespace CloudNative.Gateway.Configuration;

/// <summary>The keys below <c>CloudNative:Gateway</c>.</summary>
internal static class GatewayKeys
{
    public const string Section = "Gateway";

    public static IReadOnlyList<string> All { get; } =
    [
        nameof(GatewayOptions.Enabled),
        Route(nameof(GatewayRouteOptions.Path)),
        Route(nameof(GatewayRouteOptions.Service)),
        Route(nameof(GatewayRouteOptions.StripPrefix)),
        Route(nameof(GatewayRouteOptions.Hosts)) + ":*",
        Route(nameof(GatewayRouteOptions.Methods)) + ":*",
        Route(nameof(GatewayRouteOptions.Order)),
        Route(nameof(GatewayRouteOptions.Http2)),
        Route(nameof(GatewayRouteOptions.ActivityTimeout)),
        Route(nameof(GatewayRouteOptions.MaxRequestBodySize)),
    ];

    private static string Route(string key) => $"{nameof(GatewayOptions.Routes)}:*:{key}";
}
