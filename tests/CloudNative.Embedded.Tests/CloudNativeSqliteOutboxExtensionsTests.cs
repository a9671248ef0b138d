using CloudNative.Eventing;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Embedded.Tests;

public sealed class CloudNativeSqliteOutboxExtensionsTests : ServiceCollectionConformance
{
    [Fact]
    public void Add_TwoDatabases_EachHasAnOutboxAndAnInbox()
    {
        var services = new ServiceCollection();
        services.AddCloudNativeSqliteOutbox("Data Source=a.db").AddCloudNativeSqliteOutbox(_ => "Data Source=b.db");
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(IOutboxStore)));
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(IInboxStore)));
    }

    protected override void Add(IServiceCollection services) => services.AddCloudNativeSqliteOutbox("Data Source=orders.db");
}
