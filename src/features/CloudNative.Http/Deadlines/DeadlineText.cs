using CloudNative.Http.Settings;

namespace CloudNative.Http.Deadlines;

/// <summary>Says of a deadline that passed whose it was, and what to set where it is a setting.</summary>
internal static class DeadlineText
{
    public static string LimitOf(string section, ClientSettings settings, in CallDeadline deadline) => deadline.Origin switch
    {
        DeadlineOrigin.Client => $"within its timeout of {settings.Timeout} ({section}:Timeout)",
        DeadlineOrigin.Request => "within the deadline of the request (SetDeadline, SetTimeout)",
        DeadlineOrigin.Work => "within the deadline of the work it belongs to (the deadline of the incoming request, or DeadlineContext)",
        _ => $"within the deadline in its header {deadline.Header}",
    };

    /// <summary>The same shape in which HttpClient reports its own timeout.</summary>
    public static TaskCanceledException Exceeded(string text, OperationCanceledException cause) =>
        new(text, new TimeoutException(text, cause), cause.CancellationToken);
}
