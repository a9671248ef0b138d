using CloudNative.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Model;

namespace CloudNative.Gateway.Failures;

/// <summary>
/// Gives the client of a request that could not be forwarded a status that tells what to do (502, 503 with Retry-After, 504) and a
/// short problem document (RFC 9457). It names no service, address or cause: those are in the gateway's log, under the trace id.
/// </summary>
internal sealed class FailureAnswer(GatewayMetrics metrics)
{
    // The gateway has waited for an instance already; what it could not outwait takes seconds, not milliseconds.
    private const string RetryAfterSeconds = "5";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        if (context.GetForwarderErrorFeature() is not { } error)
        {
            return;
        }

        var kind = Failure.Classify(error);
        metrics.CountFailure(context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.RouteId ?? "", kind);
        if (!context.Response.HasStarted && ProblemOf(kind) is { } problem)
        {
            await AnswerAsync(context, problem).ConfigureAwait(false);
        }
    }

    private static ProblemDetails? ProblemOf(FailureKind kind) => kind switch
    {
        FailureKind.NotConnected => new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Title = "Service Unavailable",
            Detail = "Nobody can take this request at the moment. It was not processed and can be sent again.",
        },
        FailureKind.TimedOut => new ProblemDetails
        {
            Status = StatusCodes.Status504GatewayTimeout,
            Title = "Gateway Timeout",
            Detail = "There was no answer in time. The request may have been processed.",
        },
        FailureKind.BadAnswer => new ProblemDetails
        {
            Status = StatusCodes.Status502BadGateway,
            Title = "Bad Gateway",
            Detail = "There was no valid answer. The request may have been processed.",
        },
        _ => null,
    };

    private static async Task AnswerAsync(HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = RetryAfterSeconds;
        }

        // A gRPC client reads the status alone (gRPC over HTTP/2: 502, 503 and 504 mean UNAVAILABLE).
        if (HttpMethods.IsHead(context.Request.Method) || IsGrpc(context.Request))
        {
            return;
        }

        var service = context.RequestServices.GetService<IProblemDetailsService>();
        var written = service is not null && await service
            .TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem })
            .ConfigureAwait(false);
        if (!written)
        {
            await ProblemBody.WriteAsync(context, problem).ConfigureAwait(false);
        }
    }

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
}
