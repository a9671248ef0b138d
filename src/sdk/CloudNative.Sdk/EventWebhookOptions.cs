namespace CloudNative.Sdk;

/// <summary>What an endpoint takes that gets events of others by HTTP.</summary>
public sealed class EventWebhookOptions
{
    /// <summary>
    /// The origins that may ask by the handshake whether they may send, such as <c>eventgrid.azure.net</c>; <c>*</c> is
    /// every one. None unless set: a sender that asks first is refused then, one that does not ask needs only to be
    /// authorised.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Requests a minute from all senders together; further ones are answered 429 with <c>Retry-After</c>. 6,000 unless
    /// set.
    /// </summary>
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>The bytes that the body of a request may have; longer ones are answered 413. 1 MiB unless set.</summary>
    public int MaxRequestBytes { get; set; } = 1024 * 1024;
}
