using System.Globalization;
using System.Text.Json;
using CloudNative.Eventing;
using CloudNative.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.Management;

/// <summary>Lists, shows, replays and discards dead letters of whichever transport keeps them.</summary>
internal sealed partial class DeadLetterEndpoints(
    IServiceProvider services, IProviderSelector providers, ManagementRoutes routes, ILogger<DeadLetterEndpoints> logger)
{
    private const int LargestBody = 64 * 1024;
    private const int DefaultLimit = 100;
    private const int LargestLimit = 1000;

    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder endpoints, string path) =>
    [
        Map(endpoints, HttpMethods.Get, $"{path}/dead-letters", ListAsync),
        Map(endpoints, HttpMethods.Get, $"{path}/dead-letters/{{id:long}}", ShowAsync),
        Map(endpoints, HttpMethods.Post, $"{path}/dead-letters/replay", ReplayAsync),
        Map(endpoints, HttpMethods.Post, $"{path}/dead-letters/discard", DiscardAsync),
    ];

    private IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints, string method, string path, Func<HttpContext, IDeadLetterStore, Task> answer) =>
        routes.Map(endpoints, method, path, context => FindStore() is { } store
            ? answer(context, store)
            : ManagementAnswer.RefuseAsync(context, StatusCodes.Status404NotFound, "No transport of this service keeps dead letters."));

    private IDeadLetterStore? FindStore() => providers.Choose(CloudNativeFeatures.Eventing).Provider is { } provider
        ? services.GetKeyedService<IEventTransport>(provider) as IDeadLetterStore
        : null;

    private static async Task ListAsync(HttpContext context, IDeadLetterStore store)
    {
        var asked = context.Request.Query;
        if (!TryNumber(asked["after"], 0, 0, long.MaxValue, out var after)
            || !TryNumber(asked["limit"], DefaultLimit, 1, LargestLimit, out var limit)
            || !TryTruth(asked["waiting"], out var isWaiting))
        {
            await ManagementAnswer.RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"'after' is the id of a dead letter, 'limit' 1 to {LargestLimit}, 'waiting' true or false.")
                .ConfigureAwait(false);
            return;
        }

        var query = new DeadLetterQuery
        {
            Topic = Text(asked["topic"]),
            Group = Text(asked["group"]),
            Key = Text(asked["key"]),
            IsWaiting = isWaiting,
            After = after,
            Limit = (int)limit,
        };
        var letters = await store.ListAsync(query, context.RequestAborted).ConfigureAwait(false);
        var page = new DeadLetterPage(
            [.. letters.Select(DeadLetterItem.Of)], letters.Count >= query.Limit ? letters[^1].Id : null);
        await ManagementAnswer.WriteAsync(context, page, ManagementJson.Default.DeadLetterPage).ConfigureAwait(false);
    }

    private static async Task ShowAsync(HttpContext context, IDeadLetterStore store)
    {
        var id = long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
        if (await store.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is not { } letter)
        {
            await ManagementAnswer.RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no dead letter {id}.")
                .ConfigureAwait(false);
            return;
        }

        await ManagementAnswer.WriteAsync(context, DeadLetterDetails.Of(letter), ManagementJson.Default.DeadLetterDetails)
            .ConfigureAwait(false);
    }

    private async Task ReplayAsync(HttpContext context, IDeadLetterStore store)
    {
        if (await ReadIdsAsync(context).ConfigureAwait(false) is { } ids)
        {
            var count = await store.ReplayAsync(ids, context.RequestAborted).ConfigureAwait(false);
            LogReplayed(count, Caller(context));
            await WriteCountAsync(context, count).ConfigureAwait(false);
        }
    }

    private async Task DiscardAsync(HttpContext context, IDeadLetterStore store)
    {
        if (await ReadIdsAsync(context).ConfigureAwait(false) is { } ids)
        {
            var count = await store.DiscardAsync(ids, context.RequestAborted).ConfigureAwait(false);
            LogDiscarded(count, Caller(context));
            await WriteCountAsync(context, count).ConfigureAwait(false);
        }
    }

    private static Task WriteCountAsync(HttpContext context, int count) =>
        ManagementAnswer.WriteAsync(context, new ManagementCount(count), ManagementJson.Default.ManagementCount);

    /// <summary>Reads the body; <see langword="null"/> when the request was refused.</summary>
    private static async Task<IReadOnlyList<long>?> ReadIdsAsync(HttpContext context)
    {
        // A form of another site cannot send JSON without being asked for by a preflight, which nobody answers here.
        if (!context.Request.HasJsonContentType())
        {
            await ManagementAnswer.RefuseAsync(
                context, StatusCodes.Status415UnsupportedMediaType, "Send application/json: {\"ids\":[1,2]}.").ConfigureAwait(false);
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestBody;
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(
                context.Request.Body, ManagementJson.Default.DeadLetterIds, context.RequestAborted).ConfigureAwait(false);
            if (body?.Ids is { Count: > 0 and <= DeadLetterIds.Most } ids)
            {
                return ids;
            }
        }
        catch (JsonException)
        {
            // Answered below, together with JSON of another shape.
        }

        await ManagementAnswer.RefuseAsync(
            context, StatusCodes.Status400BadRequest, $"Send 1 to {DeadLetterIds.Most} ids: {{\"ids\":[1,2]}}.").ConfigureAwait(false);
        return null;
    }

    private static bool TryNumber(string? text, long fallback, long least, long most, out long number)
    {
        number = fallback;
        return string.IsNullOrEmpty(text)
            || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }

    private static bool TryTruth(string? text, out bool? truth)
    {
        var isTruth = bool.TryParse(text, out var parsed);
        truth = isTruth ? parsed : null;
        return isTruth || string.IsNullOrEmpty(text);
    }

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Caller(HttpContext context) => context.User.Identity?.Name ?? "a caller on this machine";

    [LoggerMessage(1, LogLevel.Information, "{Count} dead letters were sent back to their groups by {Caller}.")]
    private partial void LogReplayed(int count, string caller);

    [LoggerMessage(2, LogLevel.Information, "{Count} dead letters were discarded by {Caller}.")]
    private partial void LogDiscarded(int count, string caller);
}
