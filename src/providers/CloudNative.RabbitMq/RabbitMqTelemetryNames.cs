namespace CloudNative.RabbitMq;

/// <summary>The names of what this package measures.</summary>
public static class RabbitMqTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.RabbitMq";

    /// <summary>
    /// Counter, <c>{connection}</c>: connections opened; more than one for each purpose means that one was lost.
    /// </summary>
    public const string Connections = "cloudnative.rabbitmq.connections.opened";

    /// <summary>
    /// Up-down counter, <c>{connection}</c>: connections on which the broker takes nothing now, for want of memory or disk.
    /// </summary>
    public const string Blocked = "cloudnative.rabbitmq.connections.blocked";

    /// <summary>
    /// Counter, <c>{message}</c>: messages sent again, since the channel went before the broker had confirmed them.
    /// </summary>
    public const string Resent = "cloudnative.rabbitmq.messages.resent";

    /// <summary>Attribute: what the connection is for, <c>publishes</c> or <c>handles</c>.</summary>
    public const string PurposeAttribute = "cloudnative.rabbitmq.purpose";
}
