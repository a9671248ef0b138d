using System.Data.Common;
using CloudNative.Deadlines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Deadlines;

/// <summary>
/// Ends a request when its caller has given up: the work it starts has that deadline, its token is cancelled when the deadline passes,
/// and what was not answered by then is answered 504 (gRPC: DEADLINE_EXCEEDED).
/// </summary>
internal sealed class DeadlineFilter(DeadlineContext deadlines, TimeProvider clock, IOptions<DeadlineOptions> options) : IStartupFilter
{
    // What a middleware inside of us that catches cancellations may have made of it.
    private const int ClientClosedRequest = 499;

    private const string GrpcContent = "application/grpc";

    /// <summary>
    /// A gRPC server keeps the deadline itself and says so in its own way; what cannot (a proxy) is cancelled so much later.
    /// </summary>
    private static readonly TimeSpan GrpcGrace = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(20);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        if (options.Value.Accept)
        {
            application.Use(inner => context => ServeAsync(context, inner));
        }

        next(application);
    };

    /// <summary>A service further on may have noticed a moment before us that the time is up.</summary>
    private static bool IsOver(RequestTime time, Deadline due) => time.HasExpired || (time.IsRunning && due.TimeLeft <= Slack);

    /// <summary>What cancelled work throws: itself, or for a neighbour that was out of time too. Anything else is an error.</summary>
    private static bool IsOfTime(Exception exception) =>
        exception is OperationCanceledException or TimeoutException or HttpRequestException or IOException or DbException;

    private static void Answer(HttpContext context, bool isGrpc)
    {
        var response = context.Response;
        response.Clear();
        if (isGrpc)
        {
            // gRPC over HTTP/2, "Trailers-Only": a status of its own, in headers.
            response.ContentType = GrpcContent;
            response.Headers["grpc-status"] = "4";
            response.Headers["grpc-message"] = "Deadline Exceeded";
            return;
        }

        response.StatusCode = StatusCodes.Status504GatewayTimeout;

        // So that the caller does not blame this instance for it.
        response.Headers[DeadlineHeader.Name] = "0";
    }

    private Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (!InboundDeadline.TryRead(context.Request.Headers, out var timeLeft))
        {
            return next(context);
        }

        var isGrpc = context.Request.ContentType?.StartsWith(GrpcContent, StringComparison.OrdinalIgnoreCase) == true;
        if (timeLeft > TimeSpan.Zero)
        {
            var most = options.Value.Maximum;
            return WithinAsync(context, next, timeLeft < most ? timeLeft : most, isGrpc);
        }

        Answer(context, isGrpc);
        return Task.CompletedTask;
    }

    private async Task WithinAsync(HttpContext context, RequestDelegate next, TimeSpan timeLeft, bool isGrpc)
    {
        if (isGrpc)
        {
            context.Request.Headers[GrpcTimeout.Name] = GrpcTimeout.Format(timeLeft);
        }

        var client = context.RequestAborted;
        var due = Deadline.After(clock, timeLeft);
        using var time = new RequestTime(context, deadlines.Begin(timeLeft), isGrpc ? timeLeft + GrpcGrace : timeLeft, clock);
        context.RequestAborted = time.Token;
        context.Response.OnStarting(static state => LiftWhereEndless(((HttpContext, RequestTime))state), (context, time));
        try
        {
            await next(context).ConfigureAwait(false);
            if (IsOver(time, due) && context.Response is { HasStarted: false, StatusCode: ClientClosedRequest })
            {
                Answer(context, isGrpc);
            }
        }
        catch (Exception exception) when (IsOfTime(exception) && IsOver(time, due) && !context.Response.HasStarted)
        {
            Answer(context, isGrpc);
        }
        finally
        {
            context.RequestAborted = client;
        }
    }

    private static Task LiftWhereEndless((HttpContext Context, RequestTime Time) request)
    {
        if (EndlessAnswer.Is(request.Context))
        {
            request.Time.Lift();
        }

        return Task.CompletedTask;
    }
}
