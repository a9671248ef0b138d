using CloudNative.Deadlines;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Sdk.Deadlines;

/// <summary>Reads what a caller says of its deadline. It may say anything; what is no deadline is none.</summary>
internal static class InboundDeadline
{
    /// <summary>The earlier one of both headers; a header that occurs twice says nothing.</summary>
    public static bool TryRead(IHeaderDictionary headers, out TimeSpan timeLeft)
    {
        timeLeft = TimeSpan.MaxValue;
        var found = false;
        if (headers.TryGetValue(DeadlineHeader.Name, out var own) && own.Count == 1 && DeadlineHeader.TryParse(own[0], out var left))
        {
            (found, timeLeft) = (true, left);
        }

        if (headers.TryGetValue(GrpcTimeout.Name, out var grpc) && grpc.Count == 1 && GrpcTimeout.TryParse(grpc[0], out left))
        {
            (found, timeLeft) = (true, left < timeLeft ? left : timeLeft);
        }

        return found;
    }
}
