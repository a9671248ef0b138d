using System.Net;
using System.Net.Http.Headers;
using CloudNative.Deadlines;
using CloudNative.Http.Grpc;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Deadlines;

/// <summary>Finds the deadline of a call, the earliest of those that apply, and writes it into the attempts.</summary>
internal sealed class CallDeadlines(TimeProvider time, DeadlineContext context)
{
    // Most first attempts have the same whole milliseconds left: their client's Timeout.
    private Text _last = new(0, "");

    /// <param name="request">The request.</param>
    /// <param name="wishes">What its caller said of it.</param>
    /// <param name="settings">Its client's settings; none where the client has its own way with time.</param>
    /// <param name="began">The timestamp at which the call began.</param>
    /// <param name="readsHeader">
    /// Whether to look for a header that somebody set, in requests other than those of gRPC; a request without headers is given some by it.
    /// </param>
    public CallDeadline Of(
        HttpRequestMessage request, RequestSettings? wishes, ClientSettings? settings, long began, bool readsHeader)
    {
        var isGrpc = GrpcExchange.IsCall(request);
        var header = isGrpc ? GrpcTimeout.Name : DeadlineHeader.Name;
        HeaderStringValues value = default;
        var isSet = (isGrpc || readsHeader) && request.Headers.NonValidated.TryGetValues(header, out value);
        if (wishes?.Duration == Timeout.InfiniteTimeSpan)
        {
            return new CallDeadline(long.MaxValue, long.MaxValue, DeadlineOrigin.Request, header);
        }

        var (given, origin) = (long.MaxValue, DeadlineOrigin.Client);
        Narrow(ref given, ref origin, context.Current?.Timestamp ?? long.MaxValue, DeadlineOrigin.Work);
        if (wishes is not null)
        {
            Narrow(ref given, ref origin, TimestampOf(wishes, began), DeadlineOrigin.Request);
        }

        if (isSet && TryRead(header, value, out var timeLeft))
        {
            Narrow(ref given, ref origin, Deadline.TimestampAfter(time, began, timeLeft), DeadlineOrigin.Header);
        }

        var timestamp = given;
        if (settings is not null)
        {
            var whose = wishes?.Timeout is null ? DeadlineOrigin.Client : DeadlineOrigin.Request;
            Narrow(ref timestamp, ref origin, Deadline.TimestampAfter(time, began, wishes?.Timeout ?? settings.Timeout), whose);
        }

        return new CallDeadline(timestamp, given, origin, header);
    }

    /// <summary>Whether an instance answered that the deadline it was sent has passed.</summary>
    public static bool HasPassed(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.GatewayTimeout && response.Headers.NonValidated.Contains(DeadlineHeader.Name);

    /// <summary>What is left, as a wait: for ever where there is no deadline, and not less than nothing.</summary>
    public TimeSpan TimeLeft(in CallDeadline deadline) => deadline.Timestamp == long.MaxValue
        ? Timeout.InfiniteTimeSpan
        : NotNegative(time.GetElapsedTime(time.GetTimestamp(), deadline.Timestamp));

    /// <summary>Says in an attempt how much time it leaves its receiver, in place of what it may have said before.</summary>
    /// <param name="request">The request.</param>
    /// <param name="deadline">The deadline of its call.</param>
    /// <param name="now">The timestamp at which the attempt begins.</param>
    public void Write(HttpRequestMessage request, in CallDeadline deadline, long now)
    {
        request.Headers.Remove(deadline.Header);
        var timeLeft = time.GetElapsedTime(now, deadline.Timestamp);
        request.Headers.TryAddWithoutValidation(deadline.Header, deadline.IsGrpc ? GrpcTimeout.Format(timeLeft) : Format(timeLeft));
    }

    private static void Narrow(ref long timestamp, ref DeadlineOrigin origin, long other, DeadlineOrigin otherOrigin)
    {
        if (other < timestamp)
        {
            (timestamp, origin) = (other, otherOrigin);
        }
    }

    private static bool TryRead(string header, HeaderStringValues value, out TimeSpan timeLeft) =>
        ReferenceEquals(header, GrpcTimeout.Name)
            ? GrpcTimeout.TryParse(value.ToString(), out timeLeft)
            : DeadlineHeader.TryParse(value.ToString(), out timeLeft);

    private long TimestampOf(RequestSettings wishes, long began)
    {
        var timestamp = wishes.Duration is { } duration ? Deadline.TimestampAfter(time, began, duration) : long.MaxValue;
        return wishes.At is { } at
            ? Math.Min(timestamp, Deadline.TimestampAfter(time, began, NotNegative(at - time.GetUtcNow())))
            : timestamp;
    }

    // One millisecond less than nothing would mean for ever.
    private static TimeSpan NotNegative(TimeSpan duration) => duration > TimeSpan.Zero ? duration : TimeSpan.Zero;

    private string Format(TimeSpan timeLeft)
    {
        var milliseconds = (long)Math.Ceiling(timeLeft.TotalMilliseconds);
        var last = Volatile.Read(ref _last);
        if (last.Milliseconds != milliseconds)
        {
            last = new Text(milliseconds, DeadlineHeader.Format(timeLeft));
            Volatile.Write(ref _last, last);
        }

        return last.Value;
    }

    private sealed record Text(long Milliseconds, string Value);
}
