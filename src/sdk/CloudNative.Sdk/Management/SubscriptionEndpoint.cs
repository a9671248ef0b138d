using CloudNative.Eventing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Sdk.Management;

/// <summary>Shows the service's subscriptions and outboxes with what waits in them, and all groups of its transport.</summary>
internal sealed class SubscriptionEndpoint(IServiceProvider services, ManagementRoutes routes, TimeProvider time)
{
    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder endpoints, string path) =>
        [routes.Map(endpoints, HttpMethods.Get, $"{path}/subscriptions", ShowAsync)];

    private async Task ShowAsync(HttpContext context)
    {
        if (services.GetService<IEventMonitor>() is not { } monitor)
        {
            await ManagementAnswer.RefuseAsync(context, StatusCodes.Status404NotFound, "This service has no events.")
                .ConfigureAwait(false);
            return;
        }

        var report = await monitor.LookAsync(context.RequestAborted).ConfigureAwait(false);
        var overview = SubscriptionOverview.Of(report, time.GetUtcNow());
        await ManagementAnswer.WriteAsync(context, overview, ManagementJson.Default.SubscriptionOverview).ConfigureAwait(false);
    }
}
