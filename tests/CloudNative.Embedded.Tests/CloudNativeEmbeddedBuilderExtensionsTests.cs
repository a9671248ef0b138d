using CloudNative.Providers;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Embedded.Tests;

public sealed class CloudNativeEmbeddedBuilderExtensionsTests : ServiceCollectionConformance
{
    protected override void Add(IServiceCollection services) => new Builder(services).UseEmbedded();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void UseEmbedded_AndAddCloudNativeEmbedded_IsPrimaryInAnyOrder(bool useFirst)
    {
        var services = new ServiceCollection();
        if (useFirst)
        {
            new Builder(services).UseEmbedded();
        }

        services.AddCloudNativeEmbedded();
        if (!useFirst)
        {
            new Builder(services).UseEmbedded();
        }

        var offers = services.Select(service => service.ImplementationInstance).OfType<ProviderOffer>()
            .Where(offer => offer.Provider == EmbeddedProvider.Name).ToList();
        Assert.Equal(
            [CloudNativeFeatures.Discovery, CloudNativeFeatures.Leases, CloudNativeFeatures.Eventing],
            offers.Select(offer => offer.Feature));
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
