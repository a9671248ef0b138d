using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Hosting.Building;

internal class FeatureBuilder(ICloudNativeBuilder builder, string name) : IFeatureBuilder
{
    public ICloudNativeBuilder Builder { get; } = builder;

    public string Name { get; } = name;

    public void Use(string provider)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        var pin = new ProviderPin(Name, provider);
        if (!Builder.Services.Any(descriptor => pin.Equals(descriptor.ImplementationInstance)))
        {
            Builder.Services.AddSingleton(pin);
        }
    }
}
