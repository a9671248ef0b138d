namespace CloudNative.Http;

/// <summary>
/// Repeating idempotent requests that may have reached an instance (<c>CloudNative:Http:Retry</c>,
/// <c>CloudNative:Clients:&lt;name&gt;:Retry</c>). A connection that could not be made is not a retry: another
/// endpoint is picked for free.
/// </summary>
public sealed class RetryOptions
{
    /// <summary>Attempts in all, the first included. Default 3; 1 (never repeat) to 10.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// Longest wait before the second attempt; doubles with each further one up to <see cref="MaxDelay"/>. The wait
    /// itself is random between zero and that (full jitter). Default 50 ms; 0 to 1 min.
    /// </summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Upper limit of the doubling. Default 1 s; 0 to 5 min.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest body of a kind not known to serialise twice, in bytes, that is held in memory so that it can be sent again; its
    /// length must be known. Default 0 (none); 0 to 16 MiB.
    /// </summary>
    public int BufferLimit { get; set; }

    /// <summary>
    /// Share of the calls of the last ten seconds, per client and service, that may be repeated. Default 0.1; 0 to 1.
    /// </summary>
    public double BudgetRatio { get; set; } = 0.1;

    /// <summary>
    /// Retries in ten seconds that are allowed however little traffic there is, so that the calls in flight at an instance that
    /// dies are all repeated; not added to the share, the larger one counts. Default 20; 0 to 1,000.
    /// </summary>
    public int BudgetReserve { get; set; } = 20;
}
