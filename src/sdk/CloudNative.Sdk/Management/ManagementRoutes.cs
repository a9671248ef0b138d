using CloudNative.Eventing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CloudNative.Sdk.Management;

/// <summary>Maps what is answered only to those who may manage the service.</summary>
internal sealed class ManagementRoutes(ManagementAccess access)
{
    // After anything the service maps itself, like the probes.
    private const int Order = 1000;

    public IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints, string method, string path, Func<HttpContext, Task> answer)
    {
        var endpoint = endpoints.MapMethods(path, [method], context => AnswerAsync(context, answer));
        endpoint.WithDisplayName($"Management {method} {path}");

        // The policy is ours to check: the service's fallback policy would turn local callers away.
        endpoint.WithMetadata(ManagementEndpointMetadata.Instance, new AllowAnonymousAttribute());
        endpoint.Add(builder => ((RouteEndpointBuilder)builder).Order = Order);
        return endpoint;
    }

    private async Task AnswerAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        if (!await access.AllowAsync(context).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await answer(context).ConfigureAwait(false);
        }
        catch (EventTransportException exception) when (!context.Response.HasStarted)
        {
            await ManagementAnswer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message)
                .ConfigureAwait(false);
        }
    }
}
