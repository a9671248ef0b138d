namespace CloudNative.Eventing;

/// <summary>
/// Where events are, in the words of AsyncAPI's server object; holds no user, password or other secret.
/// </summary>
/// <param name="Protocol">How it is spoken to: <c>amqp</c>, <c>amqps</c>, <c>postgresql</c>.</param>
/// <param name="Host">The host, with its port where there is one.</param>
public sealed record EventServer(string Protocol, string Host)
{
    /// <summary>The version of the protocol, such as <c>0-9-1</c>.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>The place on the host, such as a virtual host or a database; begins with <c>/</c>.</summary>
    public string? PathName { get; init; }
}
