using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Hosting.Tests;

public sealed class CloudNativeHostApplicationBuilderExtensionsTests
{
    private static readonly Action<ICloudNativeBuilder>[] Uses =
    [
        cloud => cloud.UseFake("consul", CloudNativeFeatures.Discovery, ProviderRank.Primary),
        cloud => cloud.UseFake("postgresql", CloudNativeFeatures.Leases, ProviderRank.Primary),
        cloud => cloud.UseFake("dapr", CloudNativeFeatures.Discovery, ProviderRank.Named),
        cloud => cloud.Leases.Use("postgresql"),
    ];

    public static TheoryData<int[]> Orders =>
        [.. from a in Enumerable.Range(0, 4)
            from b in Enumerable.Range(0, 4)
            from c in Enumerable.Range(0, 4)
            from d in Enumerable.Range(0, 4)
            where new[] { a, b, c, d }.Distinct().Count() == 4
            select new[] { a, b, c, d }];

    [Theory]
    [MemberData(nameof(Orders))]
    public void AddCloudNative_UseCallsInAnyOrder_ChooseTheSame(int[] order)
    {
        var builder = Create();
        builder.AddCloudNative(cloud =>
        {
            foreach (var use in order)
            {
                Uses[use](cloud);
            }
        });
        using var host = builder.Build();
        var providers = host.Services.GetRequiredService<IProviderSelector>();

        Assert.Equal("consul", providers.Choose(CloudNativeFeatures.Discovery).Provider);
        Assert.Equal("postgresql", providers.Choose(CloudNativeFeatures.Leases).Provider);
    }

    [Fact]
    public void AddCloudNative_Twice_AddsOnceAndBothCallbacksApply()
    {
        var builder = Create();
        builder.AddCloudNative(Uses[0]);
        var once = builder.Services.Select(service => service.ToString()).ToList();

        builder.AddCloudNative(Uses[0]);
        Assert.Equal(once, builder.Services.Select(service => service.ToString()));

        builder.AddCloudNative(Uses[1]);
        using var host = builder.Build();
        var providers = host.Services.GetRequiredService<IProviderSelector>();
        Assert.Equal("consul", providers.Choose(CloudNativeFeatures.Discovery).Provider);
        Assert.Equal("postgresql", providers.Choose(CloudNativeFeatures.Leases).Provider);
    }

    [Fact]
    public void AddCloudNative_InDevelopment_EmbeddedServesUntilAPrimaryIsThere()
    {
        var builder = Create(Environments.Development);
        builder.AddCloudNative();
        using (var host = builder.Build())
        {
            Assert.Equal(
                "embedded",
                host.Services.GetRequiredService<IProviderSelector>().Choose(CloudNativeFeatures.Discovery).Provider);
        }

        builder = Create(Environments.Development);
        builder.AddCloudNative(Uses[0]);
        using var other = builder.Build();
        Assert.Equal(
            "consul", other.Services.GetRequiredService<IProviderSelector>().Choose(CloudNativeFeatures.Discovery).Provider);
    }

    [Fact]
    public void AddCloudNative_OnAHostBuilder_AddsTheSame()
    {
        using var host = new HostBuilder()
            .UseEnvironment(Environments.Production)
            .AddCloudNative(Uses[0])
            .AddCloudNative(Uses[1])
            .Build();
        var providers = host.Services.GetRequiredService<IProviderSelector>();

        Assert.Equal("consul", providers.Choose(CloudNativeFeatures.Discovery).Provider);
        Assert.Equal("postgresql", providers.Choose(CloudNativeFeatures.Leases).Provider);
    }

    private static HostApplicationBuilder Create(string environment = "Production") =>
        Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
}
