using Grpc.Core;
using Grpc.Health.V1;

namespace CloudNative.Grpc.AspNetCore.Tests.Probing;

internal static class Answers
{
    public static async Task<HealthCheckResponse.Types.ServingStatus> NextAsync(this IAsyncStreamReader<HealthCheckResponse> stream)
    {
        Assert.True(await stream.MoveNext(TestContext.Current.CancellationToken));
        return stream.Current.Status;
    }
}
