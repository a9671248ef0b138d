namespace CloudNative.Consul.Configuration;

/// <summary>All keys below <c>CloudNative:Consul</c>.</summary>
internal static class ConsulKeys
{
    public const string Section = "Consul";

    private const string Registration = nameof(ConsulOptions.Registration);
    private const string AgentCheck = $"{Registration}:{nameof(ConsulRegistrationOptions.AgentCheck)}";
    private const string Leases = nameof(ConsulOptions.Leases);

    public static IReadOnlyList<string> All =>
    [
        nameof(ConsulOptions.Address),
        nameof(ConsulOptions.Token),
        nameof(ConsulOptions.TokenFile),
        nameof(ConsulOptions.CaFile),
        nameof(ConsulOptions.ClientCertificateFile),
        nameof(ConsulOptions.ClientKeyFile),
        nameof(ConsulOptions.Datacenter),
        nameof(ConsulOptions.Filter),
        nameof(ConsulOptions.Namespace),
        nameof(ConsulOptions.Partition),
        nameof(ConsulOptions.AllowWarning),
        nameof(ConsulOptions.WaitTime),
        nameof(ConsulOptions.MaxBlockingQueries),
        $"{Registration}:{nameof(ConsulRegistrationOptions.Ttl)}",
        $"{Registration}:{nameof(ConsulRegistrationOptions.DeregisterCriticalAfter)}",
        $"{Registration}:{nameof(ConsulRegistrationOptions.Tags)}:*",
        $"{AgentCheck}:{nameof(ConsulAgentCheckOptions.HttpPath)}",
        $"{AgentCheck}:{nameof(ConsulAgentCheckOptions.Grpc)}",
        $"{AgentCheck}:{nameof(ConsulAgentCheckOptions.Interval)}",
        $"{AgentCheck}:{nameof(ConsulAgentCheckOptions.Timeout)}",
        $"{Leases}:{nameof(ConsulLeaseOptions.KeyPrefix)}",
        $"{Leases}:{nameof(ConsulLeaseOptions.LockDelay)}",
    ];
}
