using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Hosting.Building;

internal sealed class CloudNativeBuilder : ICloudNativeBuilder
{
    public CloudNativeBuilder(IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        Services = services;
        Configuration = configuration;
        Environment = environment;
        Discovery = new FeatureBuilder(this, CloudNativeFeatures.Discovery);
        Leases = new FeatureBuilder(this, CloudNativeFeatures.Leases);
        Events = new EventsBuilder(this);
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }

    public IHostEnvironment Environment { get; }

    public IFeatureBuilder Discovery { get; }

    public IFeatureBuilder Leases { get; }

    public IEventsBuilder Events { get; }
}
