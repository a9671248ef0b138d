using CloudNative.Http;
using Yarp.ReverseProxy.Forwarder;

namespace CloudNative.Gateway.Failures;

/// <summary>Reads what YARP says of a request that failed.</summary>
internal static class Failure
{
    public static FailureKind Classify(IForwarderErrorFeature failure) => failure.Error switch
    {
        ForwarderError.NoAvailableDestinations => FailureKind.NotConnected,
        ForwarderError.RequestTimedOut => FailureKind.TimedOut,
        ForwarderError.Request or ForwarderError.RequestBodyDestination => Classify(failure.Exception),
        ForwarderError.ResponseBodyDestination or ForwarderError.UpgradeRequestDestination
            or ForwarderError.UpgradeResponseDestination or ForwarderError.UpgradeActivityTimeout => FailureKind.BrokenOff,
        ForwarderError.RequestCreation or ForwarderError.ResponseHeaders => FailureKind.BadAnswer,
        _ => FailureKind.ClientGone,
    };

    private static FailureKind Classify(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case NoEndpointException or UnknownServiceException:
                case HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }:
                    return FailureKind.NotConnected;
                case TimeoutException:
                    return FailureKind.TimedOut;
            }
        }

        return FailureKind.BadAnswer;
    }
}
