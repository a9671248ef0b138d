using CloudNative;
using CloudNative.Hosting.Building;
using CloudNative.Hosting.Wiring;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Adds CloudNative.Sdk to a host made by a host builder, the way of services with a <c>Startup</c> class.
/// </summary>
public static class CloudNativeHostBuilderExtensions
{
    /// <summary>
    /// Adds discovery, safe calls, health and telemetry, configured by the section <c>CloudNative</c>; in a web service
    /// call <c>endpoints.MapCloudNative()</c> too. Calling it twice adds everything once, and the callbacks of both
    /// calls apply.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Names providers and pins features to them; runs when the host is built.</param>
    /// <returns>The same builder.</returns>
    public static IHostBuilder AddCloudNative(this IHostBuilder builder, Action<ICloudNativeBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices((context, services) =>
            Features.Add(
                new CloudNativeBuilder(services, context.Configuration, context.HostingEnvironment), configure));
    }
}
