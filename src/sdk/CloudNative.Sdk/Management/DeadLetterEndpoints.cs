using CloudNative.Eventing;
using CloudNative.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.Management;

/// <summary>Lists, shows, edits, replays and discards dead letters of whichever transport keeps them.</summary>
internal sealed partial class DeadLetterEndpoints(
    IServiceProvider services, IProviderSelector providers, ManagementRoutes routes, ILogger<DeadLetterEndpoints> logger)
{
    private const int LargestBody = 64 * 1024;
    private const int LargestData = 4 * 1024 * 1024; // A MiB of data, escaped.
    private const int DefaultLimit = 100;
    private const int LargestLimit = 1000;

    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder endpoints, string path) =>
    [
        Map(endpoints, HttpMethods.Get, $"{path}/dead-letters", ListAsync),
        Map(endpoints, HttpMethods.Get, $"{path}/dead-letters/{{id:long}}", ShowAsync),
        Map(endpoints, HttpMethods.Put, $"{path}/dead-letters/{{id:long}}/data", EditAsync),
        Map(endpoints, HttpMethods.Post, $"{path}/dead-letters/replay", ReplayAsync),
        Map(endpoints, HttpMethods.Post, $"{path}/dead-letters/replay-all", ReplayAllAsync),
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
        var id = Id(context);
        if (await store.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is not { } letter)
        {
            await RefuseUnknownAsync(context, id).ConfigureAwait(false);
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

    private async Task ReplayAllAsync(HttpContext context, IDeadLetterStore store)
    {
        const string Shape = "Send {\"topic\":\"orders\",\"group\":\"mail\",\"key\":\"7\",\"perSecond\":50} or parts of it; "
            + "'perSecond' is 1 to 10000.";
        var filter = await ReadAsync(context, ManagementJson.Default.DeadLetterFilter, LargestBody, Shape).ConfigureAwait(false);
        if (filter is null)
        {
            return;
        }

        if (filter.PerSecond is < 1 or > DeadLetterFilter.MostPerSecond)
        {
            await ManagementAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, Shape).ConfigureAwait(false);
            return;
        }

        var replay = new BulkReplay(store, services.GetRequiredService<TimeProvider>());
        try
        {
            await replay.RunAsync(filter, context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            LogReplayed(replay.Count, Caller(context));
        }

        await WriteCountAsync(context, replay.Count).ConfigureAwait(false);
    }

    private async Task EditAsync(HttpContext context, IDeadLetterStore store)
    {
        const string Shape = "Send {\"text\":\"…\"} or {\"base64\":\"…\"}.";
        var body = await ReadAsync(context, ManagementJson.Default.DeadLetterData, LargestData, Shape).ConfigureAwait(false);
        if (body is null)
        {
            return;
        }

        if (!TryBytes(body, out var data))
        {
            await ManagementAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, Shape).ConfigureAwait(false);
            return;
        }

        var id = Id(context);
        try
        {
            if (!await store.EditAsync(id, data, Caller(context), context.RequestAborted).ConfigureAwait(false))
            {
                await RefuseUnknownAsync(context, id).ConfigureAwait(false);
                return;
            }
        }
        catch (EventRejectedException exception)
        {
            await ManagementAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message).ConfigureAwait(false);
            return;
        }

        LogEdited(id, Caller(context));
        await WriteCountAsync(context, 1).ConfigureAwait(false);
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

    [LoggerMessage(1, LogLevel.Information, "{Count} dead letters were sent back to their groups by {Caller}.")]
    private partial void LogReplayed(int count, string caller);

    [LoggerMessage(2, LogLevel.Information, "{Count} dead letters were discarded by {Caller}.")]
    private partial void LogDiscarded(int count, string caller);

    [LoggerMessage(3, LogLevel.Information, "The data of dead letter {Id} were edited by {Caller}.")]
    private partial void LogEdited(long id, string caller);
}
