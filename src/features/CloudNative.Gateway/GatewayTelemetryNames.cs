namespace CloudNative.Gateway;

/// <summary>The names under which the gateway can be observed. Requests and their durations are ASP.NET Core's own instruments.</summary>
public static class GatewayTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Gateway";

    /// <summary>Counter: requests that could not be forwarded, or broke off.</summary>
    public const string Failures = "cloudnative.gateway.failures";

    /// <summary>Counter: new configurations of the routes, by result.</summary>
    public const string Reloads = "cloudnative.gateway.reloads";

    /// <summary>Attribute: the route's id.</summary>
    public const string Route = "cloudnative.gateway.route";

    /// <summary>Attribute: what went wrong.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Attribute: what became of a new configuration, <c>applied</c> or <c>refused</c>.</summary>
    public const string Result = "cloudnative.gateway.result";
}
