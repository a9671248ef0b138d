namespace CloudNative.Consul;

/// <summary>
/// How this service is registered. Section <c>CloudNative:Consul:Registration</c>; read once, at first use.
/// </summary>
public sealed class ConsulRegistrationOptions
{
    /// <summary>
    /// How long the agent believes the service's last word. A process that died stops taking calls after this. The
    /// service says that it is there three times as often, at least every 4 s. Default 15 s; 5 s to 5 min.
    /// </summary>
    public TimeSpan Ttl { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// When the agent forgets an instance that takes no calls. An instance that lives is registered again. Default 10
    /// min; 1 min, the least that Consul takes, to 7 days.
    /// </summary>
    public TimeSpan DeregisterCriticalAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What the agent asks the service by itself. Default: nothing.</summary>
    public ConsulAgentCheckOptions AgentCheck { get; set; } = new();

    /// <summary>Tags to register, for those who select by them. Default: none.</summary>
    public IList<string> Tags { get; } = [];
}
