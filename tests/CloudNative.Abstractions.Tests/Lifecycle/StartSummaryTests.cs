using CloudNative.Lifecycle;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Tests.Lifecycle;

public sealed class StartSummaryTests
{
    [Fact]
    public void Describe_ManyContributors_EightLinesInOrder()
    {
        var builder = HostUnderTest.Create(("CloudNative:Service:Name", "catalog"), ("CloudNative:Service:Version", "1.2.3"));
        builder.Services.AddProviderOffer(new ProviderOffer("consul", CloudNativeFeatures.Discovery, ProviderRank.Primary));
        for (var i = 0; i < 20; i++)
        {
            builder.Services.AddSingleton<IStartSummaryContributor>(new Fixed(new StartSummaryLine("more", $"line {i}\nbroken", 100)));
        }

        builder.Services.AddSingleton<IStartSummaryContributor>(new Fixed(new StartSummaryLine("address", "http://10.0.0.3:5000", 10)));
        builder.Services.AddSingleton<IStartSummaryContributor>(new Fixed(null));
        using var host = builder.Build();

        var lines = host.Services.GetRequiredService<StartSummary>().Describe().Split(Environment.NewLine);

        Assert.Equal(StartSummary.MostLines, lines.Length);
        Assert.StartsWith("service    catalog 1.2.3, instance ", lines[0], StringComparison.Ordinal);
        Assert.Equal("address    http://10.0.0.3:5000", lines[1]);
        Assert.Equal("discovery  consul (the only one available)", lines[2]);
        Assert.StartsWith("more ", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_OneContributorThrows_TheRestIsThere()
    {
        var builder = HostUnderTest.Create();
        builder.Services.AddSingleton<IStartSummaryContributor>(new Fixed(null) { Throws = true });
        builder.Services.AddSingleton<IStartSummaryContributor>(new Fixed(new StartSummaryLine("address", "here", 10)));
        using var host = builder.Build();

        Assert.Contains("address  here", host.Services.GetRequiredService<StartSummary>().Describe(), StringComparison.Ordinal);
    }

    private sealed class Fixed(StartSummaryLine? line) : IStartSummaryContributor
    {
        public bool Throws { get; init; }

        public StartSummaryLine? Describe() => Throws ? throw new InvalidOperationException("nothing to say") : line;
    }
}
