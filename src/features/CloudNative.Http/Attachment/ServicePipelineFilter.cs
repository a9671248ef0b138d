using CloudNative.Http.Calls;
using CloudNative.Http.Connections;
using CloudNative.Http.Picking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CloudNative.Http.Attachment;

/// <summary>
/// Puts the pipeline around the chain of every client that IHttpClientFactory builds: the call handler outermost,
/// below the factory's logging scope; the pick handler in the place of the primary one.
/// </summary>
internal sealed class ServicePipelineFilter(
    IServiceProvider services,
    IOptions<ServiceHttpOptions> options,
    IEnumerable<AttachedClient> attached,
    AttachmentReport report) : IHttpMessageHandlerBuilderFilter
{
    private readonly HashSet<string?> _attached = attached.Select(client => client.Name).ToHashSet(StringComparer.Ordinal);

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return builder =>
        {
            next(builder);
            if (IsWanted(builder.Name ?? ""))
            {
                Attach(builder);
            }
        };
    }

    private static void Remove(IList<DelegatingHandler> handlers, Predicate<DelegatingHandler> match)
    {
        for (var index = handlers.Count - 1; index >= 0; index--)
        {
            if (match(handlers[index]))
            {
                handlers.RemoveAt(index);
            }
        }
    }

    private bool IsWanted(string client) => options.Value is { Enabled: true } wanted
        && (wanted.Attach == ClientAttachment.All || _attached.Contains(client) || _attached.Contains(null));

    private void Attach(HttpMessageHandlerBuilder builder)
    {
        var client = builder.Name ?? "";
        if (PrimaryHandlers.TryGetPrototype(builder.PrimaryHandler, out var reason) is not { } prototype)
        {
            report.OnUntouched(client, reason!);
            return;
        }

        // Resolved late: a filter is made while the factory itself is.
        var pipeline = new ClientPipeline(services.GetRequiredService<PipelineServices>(), client);
        if (!pipeline.Settings.Current.Enabled)
        {
            report.OnUntouched(client, $"{pipeline.Section}:Enabled is false");
            return;
        }

        builder.PrimaryHandler = new PickHandler(pipeline, builder.PrimaryHandler, prototype);
        Remove(builder.AdditionalHandlers, ForeignHandlers.IsResolving);
        if (builder.AdditionalHandlers.Any(ForeignHandlers.IsResilience))
        {
            report.OnDiscoveryOnly(client);
            return;
        }

        builder.AdditionalHandlers.Insert(0, new ServiceCallHandler(pipeline));
    }
}
