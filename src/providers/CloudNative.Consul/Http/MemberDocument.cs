namespace CloudNative.Consul.Http;

/// <summary>The agent as the others see it.</summary>
internal sealed class MemberDocument
{
    public string? Addr { get; set; }
}
