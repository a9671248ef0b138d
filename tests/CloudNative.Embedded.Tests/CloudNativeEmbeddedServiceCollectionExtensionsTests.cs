using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Embedded.Tests;

public sealed class CloudNativeEmbeddedServiceCollectionExtensionsTests : ServiceCollectionConformance
{
    protected override void Add(IServiceCollection services) => services.AddCloudNativeEmbedded();
}
