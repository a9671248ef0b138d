using CloudNative.Health;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CloudNative.Sdk.Mapping;

/// <summary>Answers a probe from the last known state: a word, a status, nothing to cache.</summary>
internal sealed class HealthEndpoint(IServiceProvider services, IOptions<HealthOptions> options)
{
    // After anything the service maps itself: we add to a service, we do not take it over (decision 6).
    private const int Order = 1000;

    private static readonly byte[] Healthy = "Healthy"u8.ToArray();
    private static readonly byte[] Degraded = "Degraded"u8.ToArray();
    private static readonly byte[] Unhealthy = "Unhealthy"u8.ToArray();

    private readonly int? _port = options.Value.Port;

    // Made at the first probe, not when it is mapped: checks may still be registered until the host starts.
    private readonly Lazy<IHealthProbes> _probes = new(services.GetRequiredService<IHealthProbes>);

    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder endpoints, HealthPaths paths) =>
    [
        Map(endpoints, paths.Startup, HealthProbe.Startup),
        Map(endpoints, paths.Ready, HealthProbe.Ready),
        Map(endpoints, paths.Live, HealthProbe.Live),
    ];

    private IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string path, HealthProbe probe)
    {
        var endpoint = endpoints.MapMethods(
            path, [HttpMethods.Get, HttpMethods.Head], context => AnswerAsync(context, probe));
        endpoint.WithDisplayName($"Health probe {probe}");
        endpoint.WithMetadata(HealthEndpointMetadata.Instance, new AllowAnonymousAttribute());
        endpoint.DisableHttpMetrics();
        endpoint.ShortCircuit();
        endpoint.Add(builder => ((RouteEndpointBuilder)builder).Order = Order);
        return endpoint;
    }

    private async Task AnswerAsync(HttpContext context, HealthProbe probe)
    {
        var response = context.Response;
        if (_port is { } port && context.Connection.LocalPort != port)
        {
            // By the port the connection came in on: the Host header is the caller's to choose.
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var status = await _probes.Value.ProbeAsync(probe, context.RequestAborted).ConfigureAwait(false);
        var body = status switch
        {
            HealthStatus.Healthy => Healthy,
            HealthStatus.Degraded => Degraded,
            _ => Unhealthy,
        };
        response.StatusCode = status == HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        response.ContentType = "text/plain";
        response.ContentLength = body.Length;
        response.Headers[HeaderNames.CacheControl] = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
