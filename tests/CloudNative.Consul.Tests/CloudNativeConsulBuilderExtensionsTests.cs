using CloudNative.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Consul.Tests;

public sealed class CloudNativeConsulBuilderExtensionsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void UseConsul_BesideTheBarePackage_IsOnePrimaryForEachFeature(bool useFirst)
    {
        var services = new ServiceCollection();
        if (useFirst)
        {
            new Builder(services).UseConsul();
        }

        services.AddCloudNativeConsul();
        if (!useFirst)
        {
            new Builder(services).UseConsul();
        }

        var offers = services.Select(service => service.ImplementationInstance).OfType<ProviderOffer>()
            .Where(offer => offer.Provider == ConsulProvider.Name).ToList();
        Assert.Equal([CloudNativeFeatures.Discovery, CloudNativeFeatures.Leases], offers.Select(offer => offer.Feature));
        Assert.All(offers, offer => Assert.Equal(ProviderRank.Primary, offer.Rank));
    }

    private sealed class Builder(IServiceCollection services) : ICloudNativeBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration => throw new NotSupportedException();

        public IHostEnvironment Environment => throw new NotSupportedException();

        public IFeatureBuilder Discovery => throw new NotSupportedException();

        public IFeatureBuilder Leases => throw new NotSupportedException();

        public IEventsBuilder Events => throw new NotSupportedException();
    }
}
