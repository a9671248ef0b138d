using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.RabbitMq.Tests;

public sealed class CloudNativeRabbitMqServiceCollectionExtensionsTests : ServiceCollectionConformance
{
    protected override void Add(IServiceCollection services) => services.AddCloudNativeRabbitMq();
}
