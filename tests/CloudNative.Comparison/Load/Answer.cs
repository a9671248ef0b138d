using Microsoft.AspNetCore.Http;

namespace CloudNative.Comparison.Load;

/// <summary>
/// The same answer at both faces. As gRPC it is an empty message and its status; 503 is UNAVAILABLE there, any other failure INTERNAL.
/// Written by hand, so that a server which speaks gRPC costs no more than one which speaks HTTP.
/// </summary>
internal static class Answer
{
    private const string Status = "grpc-status";
    private const string Internal = "13";
    private const string Unavailable = "14";

    // Not compressed, of length 0.
    private static readonly byte[] _emptyMessage = new byte[5];

    public static async Task WriteAsync(HttpContext context, int status = StatusCodes.Status200OK, bool streamed = false)
    {
        if (HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            await WriteGrpcAsync(context, status);
            return;
        }

        context.Response.StatusCode = status;
        // Without a length the body is chunked, and its end is not known when the headers are.
        context.Response.ContentLength = streamed ? null : 2;
        await context.Response.Body.WriteAsync("ok"u8.ToArray());
    }

    private static async Task WriteGrpcAsync(HttpContext context, int status)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.ContentType = "application/grpc";
        if (status != StatusCodes.Status200OK)
        {
            context.Response.Headers[Status] = status == StatusCodes.Status503ServiceUnavailable ? Unavailable : Internal;
            return;
        }

        await context.Response.Body.WriteAsync(_emptyMessage);
        context.Response.AppendTrailer(Status, "0");
    }
}
