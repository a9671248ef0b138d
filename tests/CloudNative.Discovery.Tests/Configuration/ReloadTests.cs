using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Tests.Configuration;

public sealed class ReloadTests
{
    private const string Address = "Services:catalog:http:0";
    private const string Failures = "CloudNative:Discovery:Ejection:ConsecutiveFailures";
    private const string MaxPercent = "CloudNative:Discovery:Ejection:MaxPercent";

    [Fact]
    public async Task Reload_NotValid_LeavesTheLastGoodSettingsInForceAndSaysWhy()
    {
        await using var harness = new DiscoveryHarness(new() { [Address] = "http://10.0.0.1:80" });
        var endpoints = harness.Table.Get("catalog");

        harness.Settings.Replace(new() { [Address] = "http://10.0.0.2:80", [MaxPercent] = "200" });

        await Eventually.TrueAsync(() => endpoints.Snapshot.Endpoints is [{ Instance.Id: "10.0.0.2:80" }], "addresses are still followed");
        Assert.True(endpoints.TryPick(default, out var pick));
        pick.Complete(EndpointOutcome.Success);
        var refused = Assert.Single(harness.Logs.GetSnapshot(), record => record.Level == LogLevel.Error);
        Assert.Contains(MaxPercent, refused.Message, StringComparison.Ordinal);
        Assert.Contains("the last good ones stay in force", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_NotConvertible_IsRefusedToo()
    {
        await using var harness = new DiscoveryHarness(new() { [Address] = "http://10.0.0.1:80" });
        var endpoints = harness.Table.Get("catalog");

        harness.Settings.Replace(new() { [Address] = "http://10.0.0.1:80", [Failures] = "many" });

        Assert.True(endpoints.TryPick(default, out var pick));
        pick.Complete(EndpointOutcome.Success);
        var refused = Assert.Single(harness.Logs.GetSnapshot(), record => record.Level == LogLevel.Error);
        Assert.Contains(Failures, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_AfterARefusedOne_IsTaken()
    {
        var settings = new Dictionary<string, string?>
        {
            [Address] = "http://10.0.0.1:80",
            ["Services:catalog:http:1"] = "http://10.0.0.2:80",
        };
        await using var harness = new DiscoveryHarness(settings);
        var endpoints = harness.Table.Get("catalog");
        harness.Settings.Replace(new(settings) { [Failures] = "many" });

        harness.Settings.Replace(new(settings) { [Failures] = "1" });

        Assert.True(endpoints.TryPick(default, out var pick));
        pick.Complete(EndpointOutcome.Failure);
        Assert.Equal(1, endpoints.Snapshot.Endpoints.ToArray().Count(state => state.EjectedUntil > harness.Time.GetTimestamp()));
    }
}
