using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Eventing;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Tests;

public sealed class CloudNativeEntityFrameworkOutboxExtensionsTests : ServiceCollectionConformance
{
    [Fact]
    public void Add_TwoContexts_EachHasAnOutboxAndAnInbox()
    {
        var services = new ServiceCollection();
        services.AddCloudNativeEntityFrameworkOutbox<OrdersContext>().AddCloudNativeEntityFrameworkOutbox<ForgetfulContext>();
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(IOutboxStore)));
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(IInboxStore)));
    }

    protected override void Add(IServiceCollection services) => services.AddCloudNativeEntityFrameworkOutbox<OrdersContext>();
}
