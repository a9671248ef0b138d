namespace CloudNative.Http.Deadlines;

/// <summary>What its caller said of one request.</summary>
internal sealed class RequestSettings
{
    /// <summary>How long the call may take; infinite lifts every other deadline too.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>In place of the client's Timeout.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>In place of the client's <see cref="RetryOptions.MaxAttempts"/>.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>When the call has to be done.</summary>
    public DateTimeOffset? At { get; set; }
}
