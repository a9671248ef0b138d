using CloudNative;
using CloudNative.Hosting.Building;
using CloudNative.Hosting.Wiring;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds CloudNative.Sdk to a host made by an application builder.</summary>
public static class CloudNativeHostApplicationBuilderExtensions
{
    /// <summary>
    /// Adds discovery, safe calls, health and telemetry, configured by the section <c>CloudNative</c>. Works on any
    /// host, workers included; in a web service call <c>app.MapCloudNative()</c> too. Calling it twice (a company's
    /// defaults and the service) adds everything once, and the callbacks of both calls apply.
    /// </summary>
    /// <param name="builder">The host's builder, such as a <c>WebApplicationBuilder</c>.</param>
    /// <param name="configure">Names providers and pins features to them; the order of its calls never matters.</param>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <returns>The same builder.</returns>
    public static TBuilder AddCloudNative<TBuilder>(this TBuilder builder, Action<ICloudNativeBuilder>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        Features.Add(new CloudNativeBuilder(builder.Services, builder.Configuration, builder.Environment), configure);
        return builder;
    }
}
