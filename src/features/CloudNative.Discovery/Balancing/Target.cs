namespace CloudNative.Discovery.Balancing;

/// <summary>An instance together with the address of it that serves one query.</summary>
internal sealed class Target(Member member, InstanceEndpoint endpoint)
{
    public Member Member { get; } = member;

    public InstanceEndpoint Endpoint { get; } = endpoint;
}
