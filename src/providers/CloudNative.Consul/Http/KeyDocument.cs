namespace CloudNative.Consul.Http;

/// <summary>An entry of the key-value store, of <c>/v1/kv/…</c> and of transactions.</summary>
internal sealed class KeyDocument
{
    public string? Key { get; set; }

    public byte[]? Value { get; set; }

    /// <summary>The session that holds it.</summary>
    public string? Session { get; set; }

    /// <summary>
    /// The position in the servers' log of what changed it last; that grows by all that the servers store.
    /// </summary>
    public long ModifyIndex { get; set; }
}
