namespace CloudNative.Consul.Http;

/// <summary>A session, as its creation and its renewal name it.</summary>
internal sealed class SessionIdDocument
{
    public string? ID { get; set; }
}
