using System.Threading.RateLimiting;
using CloudNative.Eventing;
using CloudNative.Providers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.Webhooks;

/// <summary>
/// Takes CloudEvents that others send by HTTP and stores them in a topic. Answered is stored: who gets 2xx need not
/// send again, who gets anything else or nothing has to, and a repeated event is known by its source and id where the
/// transport knows repetitions.
/// </summary>
internal sealed partial class EventWebhook : IDisposable
{
    private const int RetryAfterSeconds = 5;

    private readonly string _topic;
    private readonly EventWebhookOptions _options;
    private readonly ICloudEventFormat _format;
    private readonly Func<IEventTransport> _transport;
    private readonly ILogger _logger;
    private readonly FixedWindowRateLimiter _rate;
    private bool _isOpenTold;

    private EventWebhook(string topic, EventWebhookOptions options, IServiceProvider services)
    {
        (_topic, _options) = (topic, options);
        _format = services.GetRequiredService<ICloudEventFormat>();
        _logger = services.GetRequiredService<ILogger<EventWebhook>>();
        _transport = () => FindTransport(services);
        _rate = new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.RequestsPerMinute,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        });
    }

    public static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints, string pattern, string topic, EventWebhookOptions options)
    {
        var services = endpoints.ServiceProvider;
        var webhook = new EventWebhook(topic, options, services);
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(webhook.Dispose);
        endpoints.MapMethods(pattern, [HttpMethods.Options], webhook.AnswerHandshakeAsync)
            .AllowAnonymous().WithDisplayName($"Webhook of {topic}: handshake");
        return endpoints.MapMethods(pattern, [HttpMethods.Post], webhook.TakeAsync).WithDisplayName($"Webhook of {topic}");
    }

    public void Dispose() => _rate.Dispose();

    private static IEventTransport FindTransport(IServiceProvider services)
    {
        var choice = services.GetRequiredService<IProviderSelector>().Choose(CloudNativeFeatures.Eventing);
        return choice.Provider is { } provider
            ? services.GetRequiredKeyedService<IEventTransport>(provider)
            : throw new EventTransportException($"No provider serves events: {choice.Reason}.");
    }

    private Task AnswerHandshakeAsync(HttpContext context)
    {
        WebhookHandshake.Answer(context, _options);
        return Task.CompletedTask;
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (!IsGuarded(context))
        {
            TellOpen(context.Request.Path);
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "This endpoint says of nobody that they may send.")
                .ConfigureAwait(false);
            return;
        }

        using var permit = _rate.AttemptAcquire();
        if (!permit.IsAcquired)
        {
            var wait = permit.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            await RefuseAsync(
                context,
                StatusCodes.Status429TooManyRequests,
                $"More than {_options.RequestsPerMinute} requests came within a minute.",
                (int)Math.Ceiling(wait.TotalSeconds)).ConfigureAwait(false);
            return;
        }

        if (IsOfOtherFormat(context.Request.ContentType))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                "Send JSON: application/cloudevents+json, application/cloudevents-batch+json, or the headers ce-….").ConfigureAwait(false);
            return;
        }

        if (await RequestBody.ReadAsync(context.Request, _options.MaxRequestBytes).ConfigureAwait(false) is not { } body)
        {
            await RefuseAsync(
                context, StatusCodes.Status413PayloadTooLarge, $"The body has more than {_options.MaxRequestBytes} bytes.")
                .ConfigureAwait(false);
            return;
        }

        await StoreAsync(context, body).ConfigureAwait(false);
    }

    // Authorisation runs before the endpoint does; here is seen only whether anybody thought of it.
    private static bool IsGuarded(HttpContext context) => context.GetEndpoint() is { } endpoint
        && (endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
            || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);

    private static bool IsOfOtherFormat(string? contentType) =>
        contentType?.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) == true
        && !contentType.Split(';')[0].TrimEnd().EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private void TellOpen(string path)
    {
        if (!_isOpenTold)
        {
            _isOpenTold = true;
            LogOpen(path);
        }
    }
}
