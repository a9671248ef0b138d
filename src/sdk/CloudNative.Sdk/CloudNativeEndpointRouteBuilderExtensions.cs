using System.Diagnostics.CodeAnalysis;
using CloudNative.Eventing;
using CloudNative.Sdk;
using CloudNative.Sdk.AsyncApi;
using CloudNative.Sdk.Mapping;
using CloudNative.Sdk.Webhooks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of CloudNative.Sdk.</summary>
public static class CloudNativeEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the probes <c>/health/startup</c>, <c>/health/ready</c> and <c>/health/live</c>
    /// (<c>CloudNative:Health:Paths</c>), in every environment. They need no authorisation, say one word and are left
    /// out of API descriptions; an endpoint of the service at the same path wins. Also maps the management of dead letters and an
    /// overview of subscriptions below <c>/cloudnative</c> (<see cref="CloudNative.Sdk.ManagementOptions"/>), answered only to callers on
    /// this machine or by a policy.
    /// Calling it twice equals once.
    /// </summary>
    /// <param name="endpoints">The application, or the endpoints of a <c>Startup</c> class.</param>
    /// <returns>The mapped endpoints, for conventions such as <c>RequireHost</c>.</returns>
    /// <exception cref="InvalidOperationException">The host was built without <c>AddCloudNative()</c>.</exception>
    public static IEndpointConventionBuilder MapCloudNative(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return Require<MappedEndpoints>(endpoints, nameof(MapCloudNative)).MapOnce(endpoints);
    }

    /// <summary>
    /// Maps the AsyncAPI document of the service, which says what events it handles and publishes: GET, JSON, AsyncAPI 3.0. It names
    /// groups and servers, so it is answered as management is: to callers on this machine or by a policy
    /// (<see cref="CloudNative.Sdk.ManagementOptions"/>), and not at all where that is switched off. It is left out of API descriptions.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path.</param>
    /// <returns>The endpoint, for conventions such as <c>RequireHost</c>.</returns>
    /// <exception cref="InvalidOperationException">The host was built without <c>AddCloudNative()</c>.</exception>
    public static IEndpointConventionBuilder MapAsyncApi(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/asyncapi/v1.json")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        Require<MappedEndpoints>(endpoints, nameof(MapAsyncApi));
        try
        {
            var endpoint = endpoints.ServiceProvider.GetRequiredService<AsyncApiEndpoint>();
            return new EndpointConventions(endpoint.Map(endpoints, pattern));
        }
        catch (OptionsValidationException)
        {
            // The service is still being built. Its start refuses and says what is wrong, together with everything else.
            return new EndpointConventions([]);
        }
    }

    /// <summary>
    /// Maps a webhook: an endpoint to which others send CloudEvents by HTTP POST, one or a batch, in any of the three
    /// modes with JSON. They are stored in a topic of this service's transport and then answered 204. The handshake of
    /// the CloudEvents webhook specification (OPTIONS) is answered as well. Say who may send, by
    /// <c>RequireAuthorization</c> or <c>AllowAnonymous</c>; without that all are refused.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="topic">Where the events go; see <see cref="EventTopic"/>.</param>
    /// <param name="configure">Sets what is taken.</param>
    /// <returns>The endpoint that takes events, for conventions; the handshake is open to everybody.</returns>
    /// <exception cref="ArgumentException">The topic has a name that not every transport takes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IEndpointConventionBuilder MapEventWebhook(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        string topic,
        Action<EventWebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (!EventTopic.IsValid(topic))
        {
            throw new ArgumentException($"'{topic}' is no name of a topic; see {nameof(EventTopic)}.", nameof(topic));
        }

        var options = new EventWebhookOptions();
        configure?.Invoke(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RequestsPerMinute, 1, nameof(EventWebhookOptions.RequestsPerMinute));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRequestBytes, 1, nameof(EventWebhookOptions.MaxRequestBytes));
        return EventWebhook.Map(endpoints, pattern, topic, options);
    }

    private static T Require<T>(IEndpointRouteBuilder endpoints, string method)
        where T : class =>
        endpoints.ServiceProvider.GetService<T>() ?? throw new InvalidOperationException(
            $"CN1020 {method}() needs AddCloudNative() before the host is built: builder.AddCloudNative();");
}
