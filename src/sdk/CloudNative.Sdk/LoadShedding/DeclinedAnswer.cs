using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CloudNative.Sdk.LoadShedding;

/// <summary>
/// What a declined request is answered: 503 with a <c>Retry-After</c> that differs from caller to caller, so that they do not return
/// together; gRPC: <c>UNAVAILABLE</c> with a pushback. Nothing of the service's own pipeline runs for it.
/// </summary>
internal sealed class DeclinedAnswer
{
    private const int ShortestSeconds = 1;
    private const int LongestSeconds = 3;
    private const string GrpcContent = "application/grpc";
    private const string Text = "This service has more to do than it can. Nothing was done for this request.";

    public DeclinedAnswer()
    {
        var builder = new RouteEndpointBuilder(AnswerAsync, RoutePatternFactory.Parse("/"), order: 0)
        {
            DisplayName = "Declined: too much to do",
        };
        new Conventions(builder).ShortCircuit();
        Endpoint = builder.Build();
    }

    /// <summary>In the place of the endpoint that would have served it.</summary>
    public Endpoint Endpoint { get; }

    private static Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        if (context.Request.ContentType?.StartsWith(GrpcContent, StringComparison.OrdinalIgnoreCase) == true)
        {
            // gRPC over HTTP/2, "Trailers-Only", and the pushback of gRFC A6.
            var wait = Random.Shared.Next(ShortestSeconds * 1000, LongestSeconds * 1000);
            response.ContentType = GrpcContent;
            response.Headers["grpc-status"] = "14";
            response.Headers["grpc-message"] = Text;
            response.Headers["grpc-retry-pushback-ms"] = wait.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        }

        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = Random.Shared.Next(ShortestSeconds, LongestSeconds + 1).ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain";
        return response.WriteAsync(Text);
    }

    private sealed class Conventions(EndpointBuilder endpoint) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => convention(endpoint);
    }
}
