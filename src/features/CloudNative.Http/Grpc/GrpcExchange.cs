using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CloudNative.Discovery;

namespace CloudNative.Http.Grpc;

/// <summary>
/// What a gRPC call looks like on HTTP/2: always a POST, always answered 200; how it went stands in <c>grpc-status</c>, among the headers
/// of an answer without messages ("Trailers-Only") and else among the trailers.
/// </summary>
internal static class GrpcExchange
{
    private const string MediaType = "application/grpc";
    private const string Status = "grpc-status";
    private const string Message = "grpc-message";

    // gRFC A6: what a server asks of those who would try again, and how often they have.
    private const string Pushback = "grpc-retry-pushback-ms";
    private const string PreviousAttempts = "grpc-previous-rpc-attempts";

    // HTTP/1.1 requests are not even asked for their content's type.
    public static bool IsCall(HttpRequestMessage request) =>
        request.Version.Major >= 2
        && request.Method == HttpMethod.Post
        && request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var type) == true
        && IsGrpc(type.ToString());

    /// <summary>The status among headers or trailers; <see langword="null"/> when there is none.</summary>
    public static GrpcStatus? StatusOf(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues(Status, out var value)
            ? int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                ? (GrpcStatus)code
                : GrpcStatus.Unknown
            : null;

    /// <summary>
    /// What a status says of the instance. One that a caller brought about (a wrong argument, a right that is missing, its own deadline)
    /// says nothing against it.
    /// </summary>
    public static EndpointOutcome OutcomeOf(GrpcStatus status) => status switch
    {
        GrpcStatus.Unknown or GrpcStatus.Internal or GrpcStatus.Unavailable or GrpcStatus.DataLoss => EndpointOutcome.Failure,
        GrpcStatus.Cancelled or GrpcStatus.DeadlineExceeded => EndpointOutcome.Abandoned,
        GrpcStatus.ResourceExhausted => EndpointOutcome.Overloaded,
        _ => EndpointOutcome.Success,
    };

    /// <summary>
    /// Whether another instance may do better. Only an answer that has no message yet counts: with its headers a call is committed.
    /// </summary>
    public static bool MayRepeat(HttpResponseMessage response) =>
        StatusOf(response.Headers) == GrpcStatus.Unavailable
        && (!response.Headers.NonValidated.TryGetValues(Pushback, out var value) || TryParsePushback(value.ToString(), out _));

    /// <summary>For how long the instance asks to be left alone; zero when it does not.</summary>
    public static TimeSpan Asked(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues(Pushback, out var value) && TryParsePushback(value.ToString(), out var asked)
            ? asked
            : TimeSpan.Zero;

    /// <summary>Tells the instance how many attempts came before this one.</summary>
    public static void Count(HttpRequestMessage request, int attempt)
    {
        if (attempt > 1)
        {
            request.Headers.Remove(PreviousAttempts);
            request.Headers.TryAddWithoutValidation(PreviousAttempts, (attempt - 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>An answer as a server gives it: the client's library makes its own exception of it.</summary>
    public static HttpResponseMessage Answer(HttpRequestMessage request, GrpcStatus status, string text)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Version = HttpVersion.Version20,
            RequestMessage = request,
            Content = new ByteArrayContent([]),
        };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        response.Headers.TryAddWithoutValidation(Status, ((int)status).ToString(CultureInfo.InvariantCulture));
        response.Headers.TryAddWithoutValidation(Message, Uri.EscapeDataString(text));
        return response;
    }

    // A number that is none, or less than zero, asks not to try again.
    private static bool TryParsePushback(string text, out TimeSpan asked)
    {
        var isTime = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds);
        asked = TimeSpan.FromMilliseconds(milliseconds);
        return isTime;
    }

    // "application/grpc", "application/grpc+proto", "application/grpc;…"; not "application/grpc-web".
    private static bool IsGrpc(string type) =>
        type.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == MediaType.Length || type[MediaType.Length] is '+' or ';' or ' ');
}
