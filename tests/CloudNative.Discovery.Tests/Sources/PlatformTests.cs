using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Sources;

public sealed class PlatformTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_WhereThePlatformBalances_AsksNobodyAndKnowsOnlyConfiguredAddresses()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a", "b"));
        await using var harness = new DiscoveryHarness(
            new()
            {
                ["CloudNative:Discovery:Balancing"] = "Platform",
                ["Services:payments:http:0"] = "http://10.0.0.1:8080",
            },
            services => services.AddSource(source));

        await harness.Table.Get("catalog").WaitForAnswerAsync(Token);
        await harness.Table.Get("payments").WaitForAnswerAsync(Token);

        Assert.Equal(ServiceStatus.NotFound, harness.Table.Get("catalog").Snapshot.Status);
        Assert.Equal(0, source.Calls);
        Assert.Single(harness.Table.Get("payments").Snapshot.Endpoints);
    }
}
