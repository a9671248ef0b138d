using CloudNative.Consul;

namespace Microsoft.Extensions.Configuration;

/// <summary>Adds Consul's key-value store to the configuration.</summary>
public static class CloudNativeConsulConfigurationBuilderExtensions
{
    /// <summary>
    /// Adds what is below a prefix: <c>config/orders/Logging/Level</c> is <c>Logging:Level</c>. It outweighs what was
    /// added before, and changes when Consul's does. Consul is reached as <c>CloudNative:Consul</c> and the
    /// <c>CONSUL_…</c> variables say.
    /// </summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="prefix">Where the keys are, such as <c>config/orders</c>.</param>
    /// <param name="optional">Whether the service starts when Consul cannot be read, or has nothing there.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ConsulKeyValueException">
    /// It is not optional, and cannot be read in time; thrown when the configuration is built, which
    /// <c>builder.Configuration</c> does at once.
    /// </exception>
    public static IConfigurationBuilder AddConsulKeyValue(this IConfigurationBuilder builder, string prefix, bool optional = false) =>
        builder.AddConsulKeyValue(source => (source.Prefix, source.Optional) = (prefix, optional));

    /// <summary>Adds what is below a prefix, set up in every detail.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="configure">Sets it up.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ConsulKeyValueException">As of the other overload.</exception>
    public static IConfigurationBuilder AddConsulKeyValue(
        this IConfigurationBuilder builder, Action<ConsulKeyValueConfigurationSource> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var source = new ConsulKeyValueConfigurationSource();
        configure(source);
        return builder.Add(source);
    }
}
