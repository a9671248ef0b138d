using CloudNative.Eventing;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.PostgreSql.Tests;

public sealed class CloudNativePostgreSqlOutboxExtensionsTests : ServiceCollectionConformance
{
    [Fact]
    public void Add_Twice_GivesOneOutboxAndOneInbox()
    {
        var services = new ServiceCollection();
        services.AddCloudNativePostgreSqlOutbox().AddCloudNativePostgreSqlOutbox();
        Assert.Single(services, service => service.ServiceType == typeof(IOutboxStore));
        Assert.Single(services, service => service.ServiceType == typeof(IInboxStore));
    }

    protected override void Add(IServiceCollection services) => services.AddCloudNativePostgreSqlOutbox();
}
