using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Tests.Fakes;

/// <summary>What <c>AddCloudNative(cloud => …)</c> hands out, without the package that does.</summary>
internal sealed class EventsBuilder(IHostApplicationBuilder host) : ICloudNativeBuilder, IEventsBuilder
{
    public IServiceCollection Services => host.Services;

    public IConfiguration Configuration => host.Configuration;

    public IHostEnvironment Environment => host.Environment;

    public IFeatureBuilder Discovery => throw new NotSupportedException();

    public IFeatureBuilder Leases => throw new NotSupportedException();

    public IEventsBuilder Events => this;

    public ICloudNativeBuilder Builder => this;

    public string Name => CloudNativeFeatures.Eventing;

    public void Use(string provider) => throw new NotSupportedException();
}
