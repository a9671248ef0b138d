using System.Net.Sockets;
using CloudNative.Discovery;
using CloudNative.Http.Connections;

namespace CloudNative.Http.Picking;

/// <summary>Reads from an exception of the primary handler what became of the attempt.</summary>
internal static class AttemptFailure
{
    // RFC 9113 section 7: the stream was refused before any processing.
    private const long RefusedStream = 7;

    public static AttemptEnd Classify(Exception exception, bool cancelled) => exception switch
    {
        // SocketsHttpHandler's ConnectTimeout cancels without any token of the caller's.
        OperationCanceledException => cancelled ? AttemptEnd.Cancelled : AttemptEnd.NotConnected,
        HttpRequestException request => Classify(request),
        IOException or SocketException => AttemptEnd.Broken,
        _ => AttemptEnd.Permanent,
    };

    /// <summary>What the attempt says of the instance.</summary>
    public static EndpointOutcome OutcomeOf(AttemptEnd end) => end switch
    {
        AttemptEnd.NotConnected => EndpointOutcome.ConnectFailure,
        AttemptEnd.Broken or AttemptEnd.Refused => EndpointOutcome.Failure,
        _ => EndpointOutcome.Abandoned,
    };

    private static AttemptEnd Classify(HttpRequestException exception)
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case DialException:
                    return AttemptEnd.NotConnected;
                case HttpProtocolException { ErrorCode: RefusedStream }:
                    return AttemptEnd.Refused;
            }
        }

        return exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError => AttemptEnd.NotConnected,
            HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.VersionNegotiationError
                or HttpRequestError.ExtendedConnectNotSupported
                or HttpRequestError.UserAuthenticationError => AttemptEnd.Permanent,
            _ => AttemptEnd.Broken,
        };
    }
}
