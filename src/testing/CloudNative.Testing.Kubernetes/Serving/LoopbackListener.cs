using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>The server on a free port of loopback.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackListener(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.Single());
    }

    public Uri Address { get; }

    public static async Task<LoopbackListener> StartAsync(ApiServer server, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context => ServeAsync(server, context));
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return new LoopbackListener(app);
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever still watches holds nothing up.
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task ServeAsync(ApiServer server, HttpContext context)
    {
        try
        {
            var request = await ReadAsync(context).ConfigureAwait(false);
            var answer = await server.AnswerAsync(request, context.RequestAborted).ConfigureAwait(false);
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.ContentType;
            if (answer.Feed is { } feed)
            {
                try
                {
                    await CopyAsync(feed.Reader, context).ConfigureAwait(false);
                }
                finally
                {
                    server.Watches.Close(feed);
                }
            }
            else
            {
                await context.Response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (
            exception is ConnectionRefusedException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private static async Task<ApiRequest> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? target[at..] : string.Empty;
        var authorization = context.Request.Headers.Authorization.ToString();
        return new ApiRequest(
            context.Request.Method,
            target[..(target.Length - query.Length)],
            QueryText.Parse(query),
            context.Request.ContentType?.Split(';')[0],
            await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false),
            authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : null)
        {
            Target = target,
        };
    }

    private static async Task CopyAsync(PipeReader feed, HttpContext context)
    {
        try
        {
            // The headers of a watch come at once, before there is anything to tell.
            await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            while (true)
            {
                var read = await feed.ReadAsync(context.RequestAborted).ConfigureAwait(false);
                foreach (var part in read.Buffer)
                {
                    await context.Response.BodyWriter.WriteAsync(part, context.RequestAborted).ConfigureAwait(false);
                }

                feed.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        finally
        {
            await feed.CompleteAsync().ConfigureAwait(false);
        }
    }
}
