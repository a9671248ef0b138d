namespace CloudNative.Consul.Registry;

/// <summary>The ACL rules that calls need, as Consul's policies write them.</summary>
internal static class ConsulPolicies
{
    public const string ToAskTheAgent = "agent:read \"\" (agent_prefix \"\" { policy = \"read\" })";

    public static string ToFind(string service) => $"service:read \"{service}\" and node:read \"\"";

    public static string ToRegister(string service) => $"service:write \"{service}\"";
}
