namespace CloudNative.Consul.Http;

/// <summary>What the agent says of itself, of <c>/v1/agent/self</c>.</summary>
internal sealed class SelfDocument
{
    public MemberDocument? Member { get; set; }
}
