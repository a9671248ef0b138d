using CloudNative.Consul.KeyValue;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Consul;

/// <summary>
/// Configuration below one prefix of Consul's key-value store
/// (https://developer.hashicorp.com/consul/docs/automate/kv), read as a whole, again when something below it changes.
/// It is no place for secrets: Consul does not encrypt what it stores.
/// </summary>
public sealed class ConsulKeyValueConfigurationSource : IConfigurationSource
{
    /// <summary>Where the keys are, such as <c>config/orders</c>; slashes at its ends do not matter.</summary>
    public string Prefix { get; set; } = string.Empty;

    /// <summary>
    /// Whether a service starts when Consul cannot be read, or has nothing below the prefix. It is read as soon as that
    /// works. Default <see langword="false"/>.
    /// </summary>
    public bool Optional { get; set; }

    /// <summary>Whether what changes in Consul changes here. Default <see langword="true"/>.</summary>
    public bool ReloadOnChange { get; set; } = true;

    /// <summary>What the keys hold. Default <see cref="ConsulKeyValueFormat.Value"/>.</summary>
    public ConsulKeyValueFormat Format { get; set; }

    /// <summary>
    /// How long a start is held up while Consul does not answer or has no leader, before it fails. What is
    /// <see cref="Optional"/> is asked for once. Default 15 s.
    /// </summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How Consul is reached. Default: what the sources before this one say in <c>CloudNative:Consul</c>, and the
    /// <c>CONSUL_…</c> variables fill in what is left out.
    /// </summary>
    public ConsulOptions? Connection { get; set; }

    /// <inheritdoc/>
    /// <exception cref="ConsulKeyValueException">The connection's options are wrong.</exception>
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var prefix = Prefix.Trim('/');
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix, nameof(Prefix));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StartTimeout, TimeSpan.Zero);
        return KeyValueConnection.Connect(this, prefix, builder);
    }
}
