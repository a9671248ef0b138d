namespace CloudNative.RabbitMq;

/// <summary>
/// How long dead letters are kept. They are a stream at the broker, whose limits are set when it is made: a process that
/// is configured otherwise later is refused.
/// </summary>
public sealed class RabbitMqDeadLetterOptions
{
    /// <summary>
    /// How long one is kept at least, whole parts of the stream going at once. Default 90 days; 1 h to 3,650 days.
    /// </summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How large the stream may grow before its oldest part is dropped, in bytes. Default 1 GiB; 64 MiB to 1 TiB.
    /// </summary>
    public long MaxBytes { get; set; } = 1L << 30;
}
