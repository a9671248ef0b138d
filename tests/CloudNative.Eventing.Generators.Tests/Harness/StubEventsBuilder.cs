using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>Events while they are being configured, as far as handlers need it.</summary>
internal sealed class StubEventsBuilder(IServiceCollection services) : IEventsBuilder, ICloudNativeBuilder
{
    public ICloudNativeBuilder Builder => this;

    public string Name => CloudNativeFeatures.Eventing;

    public IServiceCollection Services => services;

    public IConfiguration Configuration => throw new NotSupportedException();

    public IHostEnvironment Environment => throw new NotSupportedException();

    public IFeatureBuilder Discovery => throw new NotSupportedException();

    public IFeatureBuilder Leases => throw new NotSupportedException();

    public IEventsBuilder Events => this;

    public void Use(string provider) => throw new NotSupportedException();
}
