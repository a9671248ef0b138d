using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.PostgreSql.Tests;

public sealed class CloudNativePostgreSqlServiceCollectionExtensionsTests : ServiceCollectionConformance
{
    protected override void Add(IServiceCollection services) => services.AddCloudNativePostgreSql();
}
