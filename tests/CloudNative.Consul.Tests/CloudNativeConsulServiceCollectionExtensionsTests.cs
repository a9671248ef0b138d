using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Consul.Tests;

public sealed class CloudNativeConsulServiceCollectionExtensionsTests : ServiceCollectionConformance
{
    protected override void Add(IServiceCollection services) => services.AddCloudNativeConsul();
}
