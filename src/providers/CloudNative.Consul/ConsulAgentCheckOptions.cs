namespace CloudNative.Consul;

/// <summary>
/// What the agent asks the service by itself, beside what the service says; an instance takes calls when all of it is
/// well. Section <c>CloudNative:Consul:Registration:AgentCheck</c>; read once, at first use.
/// </summary>
public sealed class ConsulAgentCheckOptions
{
    /// <summary>
    /// A path that the agent gets at the first address of the service, such as <c>/health/ready</c>; a status of 2xx is
    /// well, 429 a warning. Default: none, and the agent does not ask.
    /// </summary>
    public string? HttpPath { get; set; }

    /// <summary>
    /// Whether the agent asks the gRPC health service, at the endpoint named <c>grpc</c>, else at the first address.
    /// Default <see langword="false"/>.
    /// </summary>
    public bool Grpc { get; set; }

    /// <summary>How often the agent asks. Default 10 s; 1 s to 10 min.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the agent waits for an answer. Default 5 s; 100 ms to 1 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
