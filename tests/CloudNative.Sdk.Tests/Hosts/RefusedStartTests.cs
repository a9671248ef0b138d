using CloudNative.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.Hosts;

public sealed class RefusedStartTests
{
    [Fact]
    public async Task StartAsync_EveryFeatureIsMisconfigured_RefusesOnceWithEverything()
    {
        (string Key, string? Value, string Id)[] wrong =
        [
            ("CloudNative:Lifecycle:DrainTimeout", "soon", "CN1004"),
            ("CloudNative:Health:Interval", "00:00:00", "CN5001"),
            ("CloudNative:Health:Paths:Ready", "ready", "CN5003"),
            ("CloudNative:Discovery:Providr", "consul", "CN1002"),
            ("CloudNative:Discovery:Provider", "consul", "CN1012"),
            ("CloudNative:Deadlines:Maximum", "00:00:00", "CN1032"),
            ("CloudNative:LoadShedding:MinimumConcurrency", "0", "CN1033"),
            ("CloudNative:LoadShedding:QueueTime", "00:00:00.001", "CN1033"),
            ("CloudNative:LoadShedding:QueueLength", "-1", "CN1033"),
            ("CloudNative:LoadShedding:QueLength", "5", "CN1002"),
        ];
        var builder = WebAppUnderTest.CreateBuilder([.. wrong.Select(each => (each.Key, each.Value))]);
        builder.AddCloudNative();
        await using var app = builder.Build();
        app.MapCloudNative();

        var refused = await Assert.ThrowsAsync<CloudNativeConfigurationException>(
            () => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            wrong.Select(each => $"{each.Id} {each.Key}").Order(StringComparer.Ordinal),
            refused.Failures.Select(line => string.Join(' ', line.Split(' ')[..2])).Order(StringComparer.Ordinal));
    }
}
