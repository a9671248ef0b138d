using System.Net.Http.Headers;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Retries;

/// <summary>How long to wait before another attempt.</summary>
internal static class RetryDelays
{
    /// <summary>
    /// Full jitter: uniform between zero and the doubled delay, so that callers who failed together do not return
    /// together.
    /// </summary>
    /// <param name="settings">The client's settings.</param>
    /// <param name="retry">1 for the second attempt.</param>
    /// <param name="random">Uniform, 0 to 1.</param>
    public static TimeSpan Jitter(ClientSettings settings, int retry, double random)
    {
        var ceiling = Math.Min(settings.MaxRetryDelay.Ticks, settings.RetryDelay.Ticks * Math.Pow(2, retry - 1));
        return TimeSpan.FromTicks((long)(ceiling * random));
    }

    /// <summary>What the server asked for, as a wait from now; zero when it asked for nothing.</summary>
    public static TimeSpan Asked(RetryConditionHeaderValue? retryAfter, TimeProvider time) => retryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => TimeSpan.Zero,
    };
}
