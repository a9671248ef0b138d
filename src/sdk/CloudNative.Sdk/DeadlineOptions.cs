namespace CloudNative.Sdk;

/// <summary>
/// What is made of the deadlines that callers send. Section <c>CloudNative:Deadlines</c>; read once at start. Whether this service's own
/// calls send theirs is said per client (<c>CloudNative:Http:SendDeadline</c>).
/// </summary>
public sealed class DeadlineOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Deadlines";

    /// <summary>
    /// Whether a request ends when its caller has given up: by its header <c>CloudNative-Deadline</c> or <c>grpc-timeout</c>. Default
    /// <see langword="true"/>: a caller can only shorten the time of its own request.
    /// </summary>
    public bool Accept { get; set; } = true;

    /// <summary>What a longer deadline counts as. Default 1 h; 1 ms to 1 day.</summary>
    public TimeSpan Maximum { get; set; } = TimeSpan.FromHours(1);
}
