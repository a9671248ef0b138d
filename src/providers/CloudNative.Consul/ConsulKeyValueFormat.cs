namespace CloudNative.Consul;

/// <summary>What the keys of the key-value store hold.</summary>
public enum ConsulKeyValueFormat
{
    /// <summary>Each key holds one value: <c>config/orders/Logging/Level</c> is <c>Logging:Level</c>.</summary>
    Value,

    /// <summary>
    /// Each key holds a JSON document, as <c>appsettings.json</c> is one; the one at the prefix itself is the root,
    /// those below it stand below their keys.
    /// </summary>
    Json,
}
