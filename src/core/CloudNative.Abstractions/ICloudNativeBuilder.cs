using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative;

/// <summary>
/// What <c>AddCloudNative</c> hands to its callback. Provider packages extend it with one method each
/// (<c>UseConsul()</c>), which makes the provider available; the order of these calls never matters.
/// </summary>
public interface ICloudNativeBuilder
{
    /// <summary>
    /// The services of the host. Everything is added with <c>TryAdd</c>, so calling twice equals calling once.
    /// </summary>
    IServiceCollection Services { get; }

    /// <summary>The configuration of the host.</summary>
    IConfiguration Configuration { get; }

    /// <summary>The environment of the host.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>Registration and discovery: pins its provider in code (<c>cloud.Discovery.Use("consul")</c>).</summary>
    IFeatureBuilder Discovery { get; }

    /// <summary>Leases: pins their provider in code.</summary>
    IFeatureBuilder Leases { get; }

    /// <summary>Events: pins their provider in code, and takes handlers, filters and outboxes.</summary>
    IEventsBuilder Events { get; }
}
