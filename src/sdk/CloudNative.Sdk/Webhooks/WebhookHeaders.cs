namespace CloudNative.Sdk.Webhooks;

/// <summary>
/// The headers of the handshake by which a sender asks whether it may send, see
/// <see href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md#4-abuse-protection"/>.
/// </summary>
internal static class WebhookHeaders
{
    public const string RequestOrigin = "WebHook-Request-Origin";
    public const string RequestRate = "WebHook-Request-Rate";
    public const string AllowedOrigin = "WebHook-Allowed-Origin";
    public const string AllowedRate = "WebHook-Allowed-Rate";
}
