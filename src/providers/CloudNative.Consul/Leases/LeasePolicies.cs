namespace CloudNative.Consul.Leases;

/// <summary>The ACL rules that leases need, as Consul's policies write them.</summary>
internal static class LeasePolicies
{
    public static string ToHold(string prefix) =>
        $"key:write \"{prefix}\" (key_prefix \"{prefix}\" {{ policy = \"write\" }}) and session:write \"\" "
        + "(session_prefix \"\" { policy = \"write\" })";
}
