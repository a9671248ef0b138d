using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Shop.Web.Faults;
using Shop.Web.Goodput;
using Shop.Web.Live;
using Shop.Web.Pages;
using Shop.Web.Pages.Parts;

namespace Shop.Web.Panel;

/// <summary>The page that breaks things, and what its buttons do.</summary>
internal static class PanelEndpoints
{
    public const string Address = "/panel";

    public static void MapPanel(this IEndpointRouteBuilder app)
    {
        var panel = app.MapGroup(Address);
        panel.MapGet("/", ShowAsync);
        panel.MapGet("/live", LiveAsync);
        panel.MapBackstage();
        panel.MapPost("/kill", KillAsync);
        panel.MapPost("/stop", ([FromForm] string service, Commands commands) =>
            commands.RunAsync(service, (engine, token) => engine.StopAsync(service, token)));
        panel.MapPost("/start", ([FromForm] string service, Commands commands) =>
            commands.RunAsync(service, (engine, token) => engine.StartAsync(service, token)));
        panel.MapFaults();
        panel.MapPost("/load", ([FromForm] bool on, Load load) =>
        {
            load.Switch(on);
            return new SeeOther(Address);
        });
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, Shells shells, PanelFeed feed, CancellationToken cancellationToken) =>
        PageResult.Of<PanelPage>(shells.Make(context), ("Snapshot", await feed.LookAsync(cancellationToken)));

    private static IResult LiveAsync(
        HttpContext context, PanelFeed feed, Fragments fragments, IAntiforgery antiforgery, IHostApplicationLifetime lifetime)
    {
        var forms = antiforgery.GetAndStoreTokens(context);
        return LiveStream.Of(context, lifetime, token => RenderAsync(feed, fragments, forms, token));
    }

    private static async IAsyncEnumerable<SseItem<string>> RenderAsync(
        PanelFeed feed, Fragments fragments, AntiforgeryTokenSet forms, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = "";
        await foreach (var snapshot in feed.WatchAsync(cancellationToken))
        {
            var html = await fragments.RenderAsync<PanelBoard>(("Snapshot", snapshot), ("Token", forms));
            if (html != last)
            {
                yield return new SseItem<string>(last = html, "fragment");
            }
        }
    }

    private static Task<IResult> KillAsync([FromForm] string service, [FromForm] int replica, Commands commands) =>
        commands.RunAsync(service, (engine, token) => engine.KillAsync(service, replica, token));
}
