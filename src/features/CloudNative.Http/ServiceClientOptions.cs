using CloudNative.Discovery;

namespace CloudNative.Http;

/// <summary>
/// How one client calls services. <c>CloudNative:Http</c> holds the defaults of all clients,
/// <c>CloudNative:Clients:&lt;name&gt;</c> overrides them for the client of that name. Both are reloaded while the
/// process runs; retry budgets and statistics survive it. A reload that is not valid is logged and leaves the last
/// good values in force.
/// </summary>
public sealed class ServiceClientOptions
{
    /// <summary>The section below which each client has its own.</summary>
    public const string ClientsSectionName = "CloudNative:Clients";

    /// <summary>
    /// Values that fit together, for what is not set explicitly. A client's preset wins over the values of
    /// <c>CloudNative:Http</c>. Default <see cref="ClientPreset.None"/>.
    /// </summary>
    public ClientPreset Preset { get; set; }

    /// <summary>Whether the client's calls to services get the pipeline. Default <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The deadline of a call: all attempts, the waits between them, the wait for an endpoint and the body of the answer.
    /// Of an answer without an end (server-sent events, gRPC, upgrades) it covers the beginning. Default 30 s; 1 ms to 1
    /// day.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Longest wait for the headers of one attempt while another attempt may follow; the last attempt, and a request
    /// that must not be repeated, have all the time that is left of <see cref="Timeout"/>. Default 10 s; 1 ms to 1
    /// day.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest wait for a connection, TLS included, before another endpoint is picked. A ConnectTimeout set on the
    /// client's own handler wins. Default 2 s; 10 ms to 5 min. Not reloaded for connections that exist.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a call waits, within <see cref="Timeout"/>, for an endpoint of a service that is known but has none
    /// right now: its only instance restarts. Nothing was sent, so this is safe for any request. Default 10 s; 0 (do
    /// not wait) to 1 day.
    /// </summary>
    public TimeSpan WaitForEndpoint { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// When a call tells the service how much time it has left, in the header <c>CloudNative-Deadline</c> (<c>grpc-timeout</c> for
    /// gRPC). Requests to other hosts never do. Default <see cref="DeadlineSending.Given"/>.
    /// </summary>
    public DeadlineSending SendDeadline { get; set; }

    /// <summary>A second attempt beside one that takes longer than most.</summary>
    public HedgingOptions Hedging { get; set; } = new();

    /// <summary>How many calls wait for one instance at the same time.</summary>
    public ConcurrencyLimitOptions ConcurrencyLimit { get; set; } = new();

    /// <summary>Repeating requests that failed.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>Choosing among the instances of a service.</summary>
    public LoadBalancingOptions LoadBalancing { get; set; } = new();
}
